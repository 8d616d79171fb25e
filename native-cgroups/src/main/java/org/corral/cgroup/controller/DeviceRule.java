package org.corral.cgroup.controller;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.corral.core.text.Quoted;

/**
 * Devices, and what may be done with them, as the {@code devices} controller has them. Immutable.
 *
 * @param type of the devices
 * @param major number of their driver, 0 to 4095; empty for any
 * @param minor number of the one device, 0 to 1048575; empty for any
 * @param access what may be done, at least one thing
 */
public record DeviceRule(Type type, OptionalInt major, OptionalInt minor, Set<Access> access) {

    private static final Pattern FORM = Pattern.compile("([bc]) (\\d{1,7}|\\*):(\\d{1,7}|\\*) ([rwm]{1,3})");
    private static final Pattern EVERYTHING = Pattern.compile("a( \\*:\\* rwm)?");
    private static final int LAST_MAJOR = 0xfff;
    private static final int LAST_MINOR = 0xfffff;

    /** Every device, to do everything with. */
    public static final DeviceRule ALL =
            new DeviceRule(Type.ALL, OptionalInt.empty(), OptionalInt.empty(), EnumSet.allOf(Access.class));

    /** Refuses numbers that no device has. */
    public DeviceRule {
        access = Collections.unmodifiableSet(EnumSet.copyOf(access));
        requireAtMost(LAST_MAJOR, "major", major);
        requireAtMost(LAST_MINOR, "minor", minor);
    }

    private static void requireAtMost(int last, String which, OptionalInt number) {
        if (number.isPresent() && (number.getAsInt() < 0 || number.getAsInt() > last)) {
            throw new IllegalArgumentException(
                    which + " number " + number.getAsInt() + " of a device is not in 0 to " + last);
        }
    }

    /**
     * Parses a rule as the kernel takes and prints it.
     *
     * @param text {@code a} for everything, or {@code b} or {@code c}, numbers or {@code *}, and some of {@code rwm}, as
     *     {@code c 1:3 rwm} or {@code b *:* m}
     * @throws IllegalArgumentException if it is not of that form
     */
    public static DeviceRule parse(String text) {
        if (EVERYTHING.matcher(text).matches()) {
            return ALL;
        }
        Matcher rule = FORM.matcher(text);
        if (!rule.matches()
                || rule.group(4).chars().distinct().count() < rule.group(4).length()) {
            throw new IllegalArgumentException(
                    "device rule " + Quoted.of(text) + " is neither 'a' nor 'TYPE MAJOR:MINOR ACCESS': "
                            + "give b or c, numbers or *, and some of rwm, as 'c 10:229 rw'");
        }
        return new DeviceRule(
                rule.group(1).equals("b") ? Type.BLOCK : Type.CHARACTER,
                number(rule.group(2)),
                number(rule.group(3)),
                Access.of(rule.group(4)));
    }

    private static OptionalInt number(String text) {
        return text.equals("*") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    /** {@return the rules in lines of text, as {@code devices.list} has them} */
    static List<DeviceRule> parseLines(String file, String text) throws ControlFileFormatException {
        List<DeviceRule> rules = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            try {
                rules.add(parse(line));
            } catch (IllegalArgumentException e) {
                throw new ControlFileFormatException(file, line, "'TYPE MAJOR:MINOR ACCESS'");
            }
        }
        return rules;
    }

    /** {@return whether this allows all that the other one does} */
    boolean covers(DeviceRule other) {
        return (type == Type.ALL || type == other.type)
                && (major.isEmpty() || major.equals(other.major))
                && (minor.isEmpty() || minor.equals(other.minor))
                && access.containsAll(other.access);
    }

    /** {@return the rule as the kernel takes and prints it} */
    @Override
    public String toString() {
        return type.letter + " " + shown(major) + ":" + shown(minor) + " "
                + access.stream().map(one -> String.valueOf(one.letter)).collect(Collectors.joining());
    }

    private static String shown(OptionalInt number) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : "*";
    }

    /** A type of devices. */
    public enum Type {
        /** Both, with all numbers. */
        ALL('a'),
        /** Block devices, as disks. */
        BLOCK('b'),
        /** Character devices, as terminals. */
        CHARACTER('c');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }
    }

    /** What can be done with a device. */
    public enum Access {
        /** To open it for reading. */
        READ('r'),
        /** To open it for writing. */
        WRITE('w'),
        /** To make a file that stands for it, by mknod(2). */
        MKNOD('m');

        private final char letter;

        Access(char letter) {
            this.letter = letter;
        }

        private static Set<Access> of(String letters) {
            Set<Access> access = EnumSet.noneOf(Access.class);
            for (Access one : values()) {
                if (letters.indexOf(one.letter) >= 0) {
                    access.add(one);
                }
            }
            return access;
        }
    }
}
