package org.corral.linux.mount;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code /proc/self/mountinfo}: what is mounted where. Immutable.
 *
 * <pre>
 * 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
 * (1)(2)(3)  (4)   (5)   (6)        (7)      (8)(9) (10)      (11)
 * </pre>
 *
 * <p>(3), the device, is not kept. (7) is any number of optional fields, none included, and not kept either; (8) ends
 * them. Source: proc(5); Documentation/filesystems/proc.rst, section 3.5.
 *
 * @param mountId (1) unique among the mounts of this moment, reused later
 * @param parentId (2) the mount that this one is on; its own id for the top of the tree
 * @param root (4) the directory of the file system that is mounted: {@code /}, a subtree of a bind mount, or
 *     {@code /../..} for a cgroup mount made above the root of this process's cgroup namespace
 * @param mountPoint (5) where it is mounted, absolute, below the root directory of this process
 * @param options (6) those of this mount alone, such as {@code ro}
 * @param fsType (9) such as {@code cgroup2}
 * @param source (10) a device, or any text for file systems without one; may be empty
 * @param superOptions (11) those of the file system, such as the controllers of a v1 hierarchy
 */
public record MountPoint(
        int mountId,
        int parentId,
        String root,
        String mountPoint,
        List<String> options,
        String fsType,
        String source,
        List<String> superOptions) {

    private static final String READ_ONLY = "ro";
    private static final String SEPARATOR = "-";
    private static final int FIXED_FIELDS = 6;
    private static final int FIELDS_AFTER_SEPARATOR = 3;

    /** The kernel escapes space, tab, newline, backslash and #, all of them ASCII. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-1][0-7]{2})");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /**
     * Copies the options.
     *
     * @throws IllegalArgumentException if the mount point is not absolute
     */
    public MountPoint {
        if (!mountPoint.startsWith("/")) {
            throw new IllegalArgumentException("mount point \"" + mountPoint + "\" must start with /");
        }
        options = List.copyOf(options);
        superOptions = List.copyOf(superOptions);
    }

    /** {@return the mount that a line of mountinfo tells of, empty if it is no such line} */
    static Optional<MountPoint> parse(String line) {
        String[] fields = line.split(" ", -1);
        int separator = separator(fields);
        if (separator < 0 || fields.length - separator - 1 < FIELDS_AFTER_SEPARATOR) {
            return Optional.empty();
        }
        if (!isNumber(fields[0]) || !isNumber(fields[1]) || !fields[4].startsWith("/")) {
            return Optional.empty();
        }
        return Optional.of(new MountPoint(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                unescape(fields[3]),
                unescape(fields[4]),
                options(fields[5]),
                unescape(fields[separator + 1]),
                unescape(fields[separator + 2]),
                options(rest(fields, separator + 3))));
    }

    /** {@return whether nothing can be written here, by this mount or by the whole file system} */
    public boolean isReadOnly() {
        return options.contains(READ_ONLY) || superOptions.contains(READ_ONLY);
    }

    private static int separator(String[] fields) {
        for (int i = FIXED_FIELDS; i < fields.length; i++) {
            if (fields[i].equals(SEPARATOR)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNumber(String field) {
        return NUMBER.matcher(field).matches();
    }

    /** Some file systems do not escape the spaces in their options, so all that is left belongs to them. */
    private static String rest(String[] fields, int from) {
        return String.join(" ", Arrays.asList(fields).subList(from, fields.length));
    }

    /** Splits first: a comma inside an option is escaped. */
    private static List<String> options(String field) {
        return Arrays.stream(field.split(","))
                .filter(option -> !option.isEmpty())
                .map(MountPoint::unescape)
                .toList();
    }

    private static String unescape(String field) {
        return ESCAPE.matcher(field).replaceAll(MountPoint::unescaped);
    }

    private static String unescaped(MatchResult escape) {
        String character = Character.toString(Integer.parseInt(escape.group(1), 8));
        return Matcher.quoteReplacement(character);
    }
}
