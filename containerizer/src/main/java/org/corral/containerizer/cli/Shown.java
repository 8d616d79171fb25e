package org.corral.containerizer.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.DataSize;

/** Amounts as people read them; what is absent is a dash. */
final class Shown {

    static final String ABSENT = "-";

    private Shown() {}

    static String size(OptionalLong bytes) {
        return bytes.isPresent() ? DataSize.ofBytes(bytes.getAsLong()).toHumanString() : ABSENT;
    }

    static String count(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : ABSENT;
    }

    static String seconds(Optional<Duration> time) {
        return time.map(Shown::seconds).orElse(ABSENT);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e9);
    }

    /** {@return a time that passed, in its two largest units: {@code 3d4h}, {@code 12m5s}} */
    static String age(Duration time) {
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
