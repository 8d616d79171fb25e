package org.corral.cgroup.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * An order of cgroups by a number of their latest samples. Whose number is not known comes last, whichever way it goes; those of the
 * same number go by their names, so that they keep their places from one look to the next. Immutable.
 */
public final class Ranking {

    private static final Comparator<Ranked> NAMES = Comparator.comparing(Ranked::name);
    private static final Comparator<Ranked> ABSENT_LAST =
            Comparator.comparing(ranked -> ranked.value().isEmpty());
    private static final Comparator<Ranked> NUMBERS =
            Comparator.comparingLong(ranked -> ranked.value().orElse(0));

    private final Function<SampledCgroup, OptionalLong> number;
    private final Comparator<Ranked> direction;
    private final Comparator<Ranked> order;

    private Ranking(Function<SampledCgroup, OptionalLong> number, Comparator<Ranked> direction) {
        this.number = number;
        this.direction = direction;
        this.order = ABSENT_LAST.thenComparing(direction).thenComparing(NAMES);
    }

    /** {@return the highest number of a column first} */
    public static Ranking highest(UsageColumn column) {
        return highest(cgroup -> cgroup.get(column));
    }

    /**
     * {@return the highest of other numbers first}
     *
     * @param number what follows from columns of a cgroup, as a part of its limit
     */
    public static Ranking highest(Function<SampledCgroup, OptionalLong> number) {
        return new Ranking(number, NUMBERS.reversed());
    }

    /** {@return by the names of the cgroups} */
    public static Ranking names() {
        return new Ranking(cgroup -> OptionalLong.empty(), NAMES);
    }

    /** {@return the other way round} */
    public Ranking reversed() {
        return new Ranking(number, direction.reversed());
    }

    /** {@return the first of some cgroups} Each number is asked for once, as the next sample may change it. */
    List<Ranked> first(Iterable<SampledCgroup> cgroups, int count) {
        PriorityQueue<Ranked> lastFirst = new PriorityQueue<>(order.reversed());
        for (SampledCgroup cgroup : cgroups) {
            lastFirst.add(new Ranked(cgroup, number.apply(cgroup)));
            if (lastFirst.size() > count) {
                lastFirst.remove();
            }
        }
        List<Ranked> first = new ArrayList<>(lastFirst);
        first.sort(order);
        return first;
    }
}
