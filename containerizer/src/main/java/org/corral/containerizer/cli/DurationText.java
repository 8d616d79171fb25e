package org.corral.containerizer.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as a person writes them: {@code 10s}, {@code 1h30m}, {@code 500ms}, or seconds alone as {@code 2.5}. */
final class DurationText {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final int NANO_DIGITS = 9;

    private DurationText() {}

    static Duration parse(String text) {
        String written = text.strip();
        if (SECONDS.matcher(written).matches()) {
            return Duration.ofNanos(
                    new BigDecimal(written).movePointRight(NANO_DIGITS).longValueExact());
        }
        Matcher parts = PARTS.matcher(written);
        if (written.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "duration '" + text + "' is not understood: give one as 10s, 2m, 1h30m, 500ms or 2.5 (seconds)");
        }
        return Duration.ofHours(number(parts, 1))
                .plusMinutes(number(parts, 2))
                .plusSeconds(number(parts, 3))
                .plusMillis(number(parts, 4));
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
