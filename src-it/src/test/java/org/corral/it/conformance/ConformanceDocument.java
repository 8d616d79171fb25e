package org.corral.it.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docs/conformance.md} says of each behaviour. Immutable.
 *
 * @param text the whole page
 * @param tested the names of the tests of each behaviour that is tested
 * @param leftOut why a behaviour is not tested
 */
record ConformanceDocument(
        String text, SortedMap<Integer, SortedSet<String>> tested, SortedMap<Integer, String> leftOut) {

    /** A line of a table whose first column is a number. */
    private static final Pattern ROW = Pattern.compile("\\| *(\\d+) *\\|(.*)\\|");

    private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");
    private static final String LEFT_OUT = "\n## Left out\n";

    static ConformanceDocument read() throws IOException {
        Path page = Path.of(System.getProperty("basedir", "")).resolveSibling("docs/conformance.md");
        return parse(Files.readString(page.toAbsolutePath().normalize()));
    }

    /** Of what is tested the tests are in the fourth column, of what is left out the reason. */
    static ConformanceDocument parse(String text) {
        List<String> parts = Arrays.asList(text.split(LEFT_OUT, -1));
        if (parts.size() != 2) {
            throw new IllegalArgumentException("the page needs one line '" + LEFT_OUT.strip() + "'");
        }
        SortedMap<Integer, SortedSet<String>> tested = new TreeMap<>();
        fourthColumns(parts.get(0)).forEach((number, cell) -> tested.put(number, tests(cell)));
        return new ConformanceDocument(text, tested, fourthColumns(parts.get(1)));
    }

    private static SortedMap<Integer, String> fourthColumns(String part) {
        SortedMap<Integer, String> columns = new TreeMap<>();
        for (String line : part.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> cells = Arrays.asList(row.group(2).split("\\|", -1));
                String before =
                        columns.put(Integer.valueOf(row.group(1)), cells.get(2).strip());
                if (before != null) {
                    throw new IllegalArgumentException("two lines have the number " + row.group(1));
                }
            }
        }
        return columns;
    }

    private static SortedSet<String> tests(String cell) {
        SortedSet<String> tests = new TreeSet<>();
        TEST.matcher(cell).results().forEach(found -> tests.add(found.group(1)));
        return tests;
    }

    /** {@return the sentence with the totals that the page must have} */
    String totals() {
        long tests =
                tested.values().stream().flatMap(Collection::stream).distinct().count();
        return String.format(
                "Of %d behaviours %d are tested, by %d tests, and %d are left out.",
                tested.size() + leftOut.size(), tested.size(), tests, leftOut.size());
    }

    /** {@return all numbers, as often as they are there} */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>(tested.keySet());
        numbers.addAll(leftOut.keySet());
        return numbers;
    }
}
