package org.corral.cgroup.sample;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the sampler reads, without its haste: what it finds is what the sampler has to find, whatever the text. */
final class PlainReader {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger NO_LIMIT = BigInteger.valueOf(Long.MAX_VALUE & -(64L << 10));
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern STALL = Pattern.compile("(some|full) (?:.* )?total=([0-9]+)", Pattern.DOTALL);
    private static final Pattern DEVICE_LINE = Pattern.compile("[0-9]+:[0-9]+ (Read|Write) ([0-9]+)");
    private static final Pattern IO_STAT = Pattern.compile(" (rbytes|wbytes|rios|wios)=([0-9]+)(?=[ \n]|\\z)");

    private final Map<UsageColumn, BigInteger> found = new EnumMap<>(UsageColumn.class);

    private PlainReader() {}

    private Map<UsageColumn, Long> found() {
        Map<UsageColumn, Long> values = new EnumMap<>(UsageColumn.class);
        found.forEach((column, value) -> values.put(column, value.min(MOST).longValue()));
        return values;
    }

    private void put(UsageColumn column, String digits, long factor) {
        found.put(column, new BigInteger(digits).multiply(BigInteger.valueOf(factor)));
    }

    private void add(UsageColumn column, String digits) {
        found.merge(column, new BigInteger(digits), BigInteger::add);
    }

    /** {@return the numbers of keys; the rest of the file does not count once all are found} */
    static Map<UsageColumn, Long> flatKeys(List<Field> fields, String text) {
        PlainReader reader = new PlainReader();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            for (Field field : fields) {
                boolean wanted = space > 0 && line.substring(0, space).equals(field.key());
                if (wanted && reader.found.size() < fields.size() && isNumber(line.substring(space + 1))) {
                    reader.put(field.column(), line.substring(space + 1), field.factor());
                }
            }
        }
        return reader.found();
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** {@return the number in the first line} */
    static Map<UsageColumn, Long> number(UsageColumn column, String text) {
        PlainReader reader = new PlainReader();
        String line = text.split("\n", -1)[0];
        if (isNumber(line)) {
            reader.put(column, line, 1);
        }
        return reader.found();
    }

    /** {@return the same for a limit, which is none if it is too high to be one} */
    static Map<UsageColumn, Long> limit(UsageColumn column, String text) {
        Map<UsageColumn, Long> number = number(column, text);
        number.values().removeIf(limit -> BigInteger.valueOf(limit).compareTo(NO_LIMIT) >= 0);
        return number;
    }

    /** {@return the totals of pressure stall information} */
    static Map<UsageColumn, Long> stalls(UsageColumn some, UsageColumn full, String text) {
        PlainReader reader = new PlainReader();
        for (String line : text.split("\n", -1)) {
            Matcher stall = STALL.matcher(line);
            if (stall.matches()) {
                reader.put(stall.group(1).equals("some") ? some : full, stall.group(2), Field.NANOS_PER_MICRO);
            }
        }
        return reader.found();
    }

    /** {@return the sums over the devices of v1} */
    static Map<UsageColumn, Long> devices(UsageColumn reads, UsageColumn writes, String text) {
        PlainReader reader = new PlainReader();
        for (String line : text.split("\n", -1)) {
            Matcher device = DEVICE_LINE.matcher(line);
            if (device.matches()) {
                reader.add(device.group(1).equals("Read") ? reads : writes, device.group(2));
            }
        }
        return reader.found();
    }

    /** {@return the sums over the devices of v2; all zero where there is no text} */
    static Map<UsageColumn, Long> ioStat(Map<String, UsageColumn> columns, String text) {
        PlainReader reader = new PlainReader();
        Matcher pairs = IO_STAT.matcher(text);
        while (pairs.find()) {
            reader.add(Objects.requireNonNull(columns.get(pairs.group(1))), pairs.group(2));
        }
        if (text.isEmpty()) {
            columns.values().forEach(column -> reader.add(column, "0"));
        }
        return reader.found();
    }
}
