package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** What v1 has controllers for, and every v2 cgroup has without. */
    private static final Set<String> PART_OF_V2_CORE = Set.of("freezer", "cpuacct");

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

    /** {@return the mount with a controller: that of v1 where it has one, else v2 if it offers the controller} */
    static CgroupMount of(String controller) throws IOException {
        return find(controller).orElseThrow(() -> new IOException("no hierarchy with " + controller + " is mounted"));
    }

    static Optional<CgroupMount> find(String controller) throws IOException {
        List<CgroupMount> mounts = ofThisHost();
        Optional<CgroupMount> v1 = mounts.stream()
                .filter(mount -> !mount.isV2() && mount.options().contains(controller))
                .findFirst();
        Optional<CgroupMount> v2 = unified();
        return v1.isEmpty() && v2.isPresent() && v2.get().offers(controller) ? v2 : v1;
    }

    /** {@return the v2 hierarchy} */
    static Optional<CgroupMount> unified() throws IOException {
        return ofThisHost().stream().filter(CgroupMount::isV2).findFirst();
    }

    /** {@return whether processes can be put under a controller here} */
    boolean offers(String controller) throws IOException {
        if (!isV2) {
            return options.contains(controller);
        }
        String name = controller.equals("blkio") ? "io" : controller;
        Path offered = directory(ground().orElse("")).resolve("cgroup.controllers");
        return PART_OF_V2_CORE.contains(controller)
                || List.of(Files.readString(offered).strip().split(" ", -1)).contains(name);
    }

    /**
     * {@return the cgroup that this process may make others in, empty if there is none} The top of the hierarchy, here as
     * "", or what has been delegated: the highest above its own that it may write to.
     */
    Optional<String> ground() throws IOException {
        if (Files.isWritable(point)) {
            return Optional.of("");
        }
        Path own = Path.of(ownCgroup());
        for (int depth = 1; depth <= own.getNameCount(); depth++) {
            String above = "/" + own.subpath(0, depth);
            if (Files.isWritable(directory(above))) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** {@return the cgroup that this process is in} */
    String ownCgroup() throws IOException {
        return ProcFiles.cgroups(Files.readString(Path.of("/proc/self/cgroup")))
                .getOrDefault(isV2 ? "" : options.iterator().next(), "/");
    }

    /** {@return the directory of a cgroup of this hierarchy} */
    Path directory(String cgroup) {
        return cgroup.isEmpty() ? point : point.resolve(cgroup.substring(1));
    }

    /** {@return the directory of a test's topmost cgroup} */
    Path directory(TestRoot root) throws IOException {
        return directory(root.cgroup());
    }

    private static String unescaped(String text) {
        return OCTAL.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }
}
