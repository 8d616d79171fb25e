package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mounted cgroup hierarchy, read anew and without the code under test. Immutable.
 *
 * @param point where it is mounted
 * @param isV2 whether it has the v2 interface
 * @param options its super options, on v1 with the names of its controllers
 */
record CgroupMount(Path point, boolean isV2, Set<String> options) {

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** {@return those of this process's mount namespace — proc_pid_mountinfo(5)} */
    static List<CgroupMount> ofThisHost() throws IOException {
        List<CgroupMount> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            List<String> halves = List.of(line.split(" - ", 2));
            List<String> filesystem = List.of(halves.get(1).split(" ", -1));
            String type = filesystem.get(0);
            if (type.equals("cgroup") || type.equals("cgroup2")) {
                String point = unescaped(halves.get(0).split(" ", -1)[4]);
                mounts.add(new CgroupMount(
                        Path.of(point),
                        type.equals("cgroup2"),
                        Set.of(filesystem.get(2).split(",", -1))));
            }
        }
        return mounts;
    }

    /** {@return the mount with a controller, on v2 the only one} */
    static CgroupMount of(String controller) throws IOException {
        List<CgroupMount> mounts = ofThisHost();
        return mounts.stream()
                .filter(mount -> !mount.isV2() && mount.options().contains(controller))
                .findFirst()
                .or(() -> mounts.stream().filter(CgroupMount::isV2).findFirst())
                .orElseThrow(() -> new IOException("no hierarchy with " + controller + " is mounted"));
    }

    private static String unescaped(String text) {
        return OCTAL.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }
}
