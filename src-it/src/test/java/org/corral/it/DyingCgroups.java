package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Cgroups that were removed and that the kernel keeps, as memory is charged to them or something else refers to them. Those of the
 * whole host where {@code memory} is, as thousands of them would slow it down.
 */
final class DyingCgroups {

    private static final String CONTROLLER = "memory";
    private static final String OF_V2 = "nr_dying_descendants ";

    /** In {@code #subsys_name hierarchy num_cgroups enabled}, without the name: cgroups(7). */
    private static final int NUM_CGROUPS = 1;

    private final long before;

    private DyingCgroups(long before) {
        this.before = before;
    }

    /** Those that are there now do not count. */
    static DyingCgroups since() throws IOException {
        return new DyingCgroups(count());
    }

    /** {@return how many there are more, below 0 if fewer} */
    long more() throws IOException {
        return count() - before;
    }

    private static long count() throws IOException {
        CgroupMount mount = CgroupMount.of(CONTROLLER);
        return mount.isV2()
                ? told(mount.point())
                : allOfV1() - Tree.directories(mount.point(), Integer.MAX_VALUE).size();
    }

    private static long told(Path top) throws IOException {
        return Long.parseLong(ProcFiles.after(OF_V2, Files.readString(top.resolve("cgroup.stat"))));
    }

    /** v1 counts those that live too. */
    private static long allOfV1() throws IOException {
        String numbers = ProcFiles.after(CONTROLLER, Files.readString(Path.of("/proc/cgroups")));
        return Long.parseLong(numbers.split("\t", -1)[NUM_CGROUPS]);
    }
}
