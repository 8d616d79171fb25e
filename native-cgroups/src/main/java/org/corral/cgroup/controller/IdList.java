package org.corral.cgroup.controller;

import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Numbers of CPUs or memory nodes, written as {@code 0-3,7}. Immutable. See cpuset(7), “List format”.
 *
 * @param ids the numbers, 0 to 65535; none at all is an empty list
 */
public record IdList(SortedSet<Integer> ids) {

    /** Above what Linux can be built for; keeps a damaged text from filling the heap. */
    private static final int MAX_ID = 65_535;

    private static final String EXPECTED = "numbers from 0 to 65535 and ranges, as '0-3,7'";

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

    /** {@return the list that a file's text tells; an empty text is an empty list} */
    static IdList parse(String file, String text) throws ControlFileFormatException {
        SortedSet<Integer> ids = new TreeSet<>();
        for (String range : text.isBlank() ? new String[0] : text.strip().split(",", -1)) {
            String[] ends = range.split("-", 2);
            int first = id(ends[0], file, text);
            int last = id(ends[ends.length - 1], file, text);
            if (last < first) {
                throw new ControlFileFormatException(file, text, EXPECTED);
            }
            for (int id = first; id <= last; id++) {
                ids.add(id);
            }
        }
        return new IdList(ids);
    }

    private static int id(String number, String file, String text) throws ControlFileFormatException {
        OptionalLong id = Numbers.unsigned(number);
        if (id.isEmpty() || id.getAsLong() > MAX_ID) {
            throw new ControlFileFormatException(file, text, EXPECTED);
        }
        return (int) id.getAsLong();
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
