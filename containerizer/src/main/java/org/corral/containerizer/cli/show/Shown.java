package org.corral.containerizer.cli.show;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.DataSize;

/** Amounts as people read them; what is absent is a dash. */
public final class Shown {

    /** What stands for it. */
    public static final String ABSENT = "-";

    private Shown() {}

    /** {@return a size, as {@code 64.0MiB}} */
    public static String size(OptionalLong bytes) {
        return bytes.isPresent() ? DataSize.ofBytes(bytes.getAsLong()).toHumanString() : ABSENT;
    }

    /** {@return a count} */
    public static String count(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : ABSENT;
    }

    /** {@return a time in seconds, as {@code 1.25}} */
    public static String seconds(Optional<Duration> time) {
        return time.map(Shown::seconds).orElse(ABSENT);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }

    /** {@return a time that passed, in its two largest units: {@code 3d4h}, {@code 12m5s}} */
    public static String age(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d" + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h" + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
                : Math.max(0, time.toSeconds()) + "s";
    }
}
