package org.corral.cgroup.limit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;

/** One cgroup of a fake kernel, and its writer. */
final class LimitsHost {

    private static final Controller[] ALL = {Controller.CPU, Controller.MEMORY, Controller.PIDS};

    final FakeLinux kernel;
    final Cgroup cgroup;
    final LimitWriter writer;
    final LimitPlan plan;
    private final FakeHierarchy hierarchy;

    private LimitsHost(Path root, CgroupVersion version, Set<Controller> controllers) throws IOException {
        kernel = new FakeLinux(root);
        Controller[] mounted = controllers.toArray(Controller[]::new);
        hierarchy = version == CgroupVersion.V1 ? kernel.mountV1("all", mounted) : kernel.mountV2(mounted);
        cgroup = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")).create("a", "test");
        writer = new LimitWriter(kernel.linux(), cgroup);
        plan = writer.plan();
        if (version == CgroupVersion.V1) {
            file("cpu.cfs_burst_us", "0");
        } else {
            file("cpu.max.burst", "0");
        }
        kernel.calls().clear();
    }

    static LimitsHost of(Path root, CgroupVersion version) throws IOException {
        return new LimitsHost(root, version, Set.of(ALL));
    }

    static LimitsHost of(Path root, CgroupVersion version, Controller only) throws IOException {
        return new LimitsHost(root, version, Set.of(only));
    }

    FakeCgroup files() {
        return hierarchy.at("/corral/a");
    }

    String file(String name) {
        return files().file(name);
    }

    void file(String name, String text) {
        files().file(name, text);
    }

    void remove() {
        hierarchy.remove("/corral/a");
    }

    /** {@return what was written, tried or not, as {@code cpu.shares=512}} */
    List<String> writes() {
        return kernel.calls().recorded("write").stream()
                .map(call -> call.replaceAll(".*/([^/,]+), \"(.*)\"\\)", "$1=$2"))
                .toList();
    }

    List<String> limitsOpen() {
        return kernel.openDescriptors().stream()
                .filter(what -> what.contains("/corral/a/"))
                .toList();
    }
}
