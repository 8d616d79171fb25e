package org.corral.core.unit;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;

/**
 * Numbers of CPUs or memory nodes, written as {@code 0-3,7}. Immutable. See cpuset(7), “List format”.
 *
 * @param ids the numbers, 0 to 65535; none at all is an empty list
 */
public record IdList(SortedSet<Integer> ids) {

    /** Above what Linux can be built for; keeps a damaged text from filling the heap. */
    private static final int MAX_ID = 65_535;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    /** Copies the numbers; refuses those that no host has. */
    public IdList {
        ids = Collections.unmodifiableSortedSet(new TreeSet<>(ids));
        if (!ids.isEmpty() && (ids.first() < 0 || ids.last() > MAX_ID)) {
            throw new IllegalArgumentException("ids " + ids + " are out of range: give numbers from 0 to " + MAX_ID);
        }
    }

    /** {@return a list of those numbers} */
    public static IdList of(Collection<Integer> ids) {
        return new IdList(new TreeSet<>(ids));
    }

    /**
     * {@return the list that a text tells; a blank text is an empty list}
     *
     * @throws IllegalArgumentException quoting a text that is no list
     */
    public static IdList parse(String text) {
        BitSet ids = new BitSet(); // ranges may overlap, and each is marked in no time
        for (String range : text.isBlank() ? new String[0] : text.strip().split(",", -1)) {
            Matcher ends = RANGE.matcher(range);
            int first = ends.matches() ? Integer.parseInt(ends.group(1)) : MAX_ID + 1;
            int last = first > MAX_ID || ends.group(2) == null ? first : Integer.parseInt(ends.group(2));
            if (last < first || last > MAX_ID) {
                throw new IllegalArgumentException("list " + Quoted.of(text)
                        + " is not understood: give numbers from 0 to 65535 and ranges, as 0-3,7");
            }
            ids.set(first, last + 1);
        }
        return of(ids.stream().boxed().toList());
    }

    /** {@return whether it holds all numbers of another list} */
    public boolean containsAll(IdList other) {
        return ids.containsAll(other.ids);
    }

    /** {@return the list in the kernel's own form, which takes ranges where it can: {@code 0-3,7}} */
    @Override
    public String toString() {
        StringJoiner ranges = new StringJoiner(",");
        for (int first : ids) {
            if (!ids.contains(first - 1)) {
                int last = first;
                while (ids.contains(last + 1)) {
                    last++;
                }
                ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
            }
        }
        return ranges.toString();
    }
}
