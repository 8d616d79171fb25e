package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatKeysTest {

    /** Keys that are shorter and longer than a word, a whole word, and that agree in their first, and first two, words. */
    private static final List<Field> FIELDS = List.of(
            Field.of("rss", UsageColumn.ANON_BYTES),
            Field.of("pgfaults", UsageColumn.PAGE_FAULTS),
            Field.of("total_inactive_anon", UsageColumn.INACTIVE_ANON_BYTES),
            Field.of("total_inactive_file", UsageColumn.INACTIVE_FILE_BYTES),
            Field.of("total_cache", UsageColumn.FILE_BYTES),
            Field.micros("usage_usec", UsageColumn.CPU_NANOS),
            Field.ticks("user", UsageColumn.CPU_USER_NANOS));

    private static Map<UsageColumn, Long> parse(String text) {
        return Texts.parse(new FlatKeys(FIELDS), text);
    }

    @Test
    void parse_wantedAndOtherKeys_findsTheWantedInTheirUnits() {
        String text =
                """
                cache 1
                rss 2
                rss_huge 3
                total_cache 4
                total_inactive_file 5
                total_inactive_anon 6
                usage_usec 7
                user 8
                pgfaults 9
                """;

        assertThat(parse(text))
                .containsOnly(
                        entry(UsageColumn.ANON_BYTES, 2L),
                        entry(UsageColumn.FILE_BYTES, 4L),
                        entry(UsageColumn.INACTIVE_FILE_BYTES, 5L),
                        entry(UsageColumn.INACTIVE_ANON_BYTES, 6L),
                        entry(UsageColumn.CPU_NANOS, 7_000L),
                        entry(UsageColumn.CPU_USER_NANOS, 80_000_000L),
                        entry(UsageColumn.PAGE_FAULTS, 9L));
    }

    @Test
    void parse_whatIsMissing_isAbsentAndNotZero() {
        assertThat(parse("rss 2\n")).containsOnlyKeys(UsageColumn.ANON_BYTES);
        assertThat(parse("")).isEmpty();
    }

    @Test
    void parse_unitTooLargeForALong_isTheLargest() {
        assertThat(parse("usage_usec 18446744073709551615\n")).containsValue(Long.MAX_VALUE);
        assertThat(parse("usage_usec 9223372036854776\n")).containsValue(Long.MAX_VALUE);
        assertThat(parse("usage_usec 9223372036854775\n")).containsValue(9_223_372_036_854_775_000L);
    }

    @Test
    void parse_lineThatIsNoKeyAndNumber_isPassedOver() {
        assertThat(
                        parse(
                                "rss\nrss \nrss x\nrss -1\nrss 1 2\nrss  1\nrss\t1\n rss 1\nrssx 1\ntotal_inactive_anonx 1\nrss 5\n"))
                .containsOnly(entry(UsageColumn.ANON_BYTES, 5L));
    }

    @Test
    void parse_keyThatFillsItsWords_isNotTakenForAnother() {
        FlatKeys sixteenBytes = new FlatKeys(List.of(Field.of("abcdefghijklmno", UsageColumn.PAGE_FAULTS)));

        assertThat(Texts.parse(sixteenBytes, "abcdefghijklmnx 4\nabcdefghijklmno 5\n"))
                .containsOnly(entry(UsageColumn.PAGE_FAULTS, 5L));
    }

    /** Zeros stand behind the wanted keys, as they do in a word of the table. */
    @Test
    void parse_zerosInsteadOfASpace_arePassedOver() {
        FlatKeys sevenBytes = new FlatKeys(List.of(Field.of("pgfault", UsageColumn.PAGE_FAULTS)));

        assertThat(Texts.parse(sevenBytes, "pgfault\u00005\n")).isEmpty();
        assertThat(Texts.parse(sevenBytes, "pgfault 5\n")).containsEntry(UsageColumn.PAGE_FAULTS, 5L);
    }

    @Test
    void parse_lastLineWithoutNewline_counts() {
        assertThat(parse("user 1\nrss 5")).containsEntry(UsageColumn.ANON_BYTES, 5L);
    }

    /** The plain parser says what the fast one has to find, whatever the text. */
    @Test
    void parse_anyText_findsWhatAPlainParserFinds() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            assertThat(parse(text)).as(text).isEqualTo(PlainReader.flatKeys(FIELDS, text));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(12); line > 0; line--) {
            String key = FIELDS.get(random.nextInt(FIELDS.size())).key();
            text.append(random.nextInt(4) == 0 ? key.substring(random.nextInt(key.length())) : key)
                    .append(random.nextInt(8) == 0 ? "" : " ")
                    .append(
                            random.nextInt(8) == 0
                                    ? "max"
                                    : Long.toUnsignedString(random.nextLong() >>> random.nextInt(64)))
                    .append(random.nextInt(8) == 0 ? "" : "\n");
        }
        return text.toString();
    }
}
