package org.corral.containerizer.isolator;

import java.util.ArrayList;
import java.util.List;
import org.corral.cgroup.controller.ClassId;

/**
 * Minor numbers of classes of network packets. Immutable.
 *
 * @param first the lowest, at least 1
 * @param last the highest, at most 0xffff
 */
record HandleRange(int first, int last) {

    HandleRange {
        if (first > last) {
            throw new IllegalArgumentException(NetClsHandles.SECONDARY + " range 0x" + Integer.toHexString(first)
                    + "-0x" + Integer.toHexString(last) + " is empty: give the lower number first");
        }
    }

    /** {@return the range as {@code 0x10-0xff} or {@code 16-255}} */
    static HandleRange parse(String text) {
        String[] ends = text.split("-", 2);
        return new HandleRange(
                number(NetClsHandles.SECONDARY, ends[0], ClassId.LAST_MINOR),
                number(NetClsHandles.SECONDARY, ends[ends.length - 1], ClassId.LAST_MINOR));
    }

    /** {@return the numbers in a list separated by commas, which may be empty} */
    static List<Integer> numbers(String option, String text) {
        List<Integer> numbers = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String one : text.split(",", -1)) {
                numbers.add(number(option, one, ClassId.LAST_MINOR));
            }
        }
        return numbers;
    }

    /** {@return a number above 0, as {@code 16} or {@code 0x10}} */
    static int number(String option, String text, int most) {
        int number;
        try {
            number = text.startsWith("-") ? 0 : Integer.decode(text);
        } catch (NumberFormatException e) {
            number = 0;
        }
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("isolator option " + CgroupsNetCls.NAME + ":" + option + " '" + text
                    + "' is no number from 1 to 0x" + Integer.toHexString(most) + ": give one as 16 or 0x10");
        }
        return number;
    }

    int size() {
        return last - first + 1;
    }

    boolean has(int minor) {
        return first <= minor && minor <= last;
    }
}
