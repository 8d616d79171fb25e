package org.corral.cgroup;

import java.nio.file.Path;
import java.util.List;
import org.corral.cgroup.layout.Controller;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;

/** The layouts that every operation is tested on. */
enum Host {
    V1_SEPARATE,
    V1_CO_MOUNTED,
    V2,
    HYBRID;

    /** A booted host. */
    record Booted(FakeLinux kernel, List<FakeHierarchy> hierarchies) {

        CgroupTree tree() {
            return new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        }
    }

    Booted boot(Path root) {
        FakeLinux kernel = new FakeLinux(root);
        return new Booted(kernel, mount(kernel));
    }

    private List<FakeHierarchy> mount(FakeLinux kernel) {
        return switch (this) {
            case V1_SEPARATE ->
                List.of(
                        kernel.mountV1("cpu", Controller.CPU),
                        kernel.mountV1("cpuset", Controller.CPUSET),
                        kernel.mountV1("memory", Controller.MEMORY),
                        kernel.mountV1("freezer", Controller.FREEZER),
                        kernel.mountV1("blkio", Controller.IO));
            case V1_CO_MOUNTED ->
                List.of(
                        kernel.mountV1("cpu,cpuacct", Controller.CPU, Controller.CPUACCT),
                        kernel.mountV1("all", Controller.CPUSET, Controller.MEMORY, Controller.FREEZER));
            case V2 -> List.of(kernel.mountV2(Controller.CPU, Controller.CPUSET, Controller.MEMORY, Controller.PIDS));
            case HYBRID ->
                List.of(
                        kernel.mountV1("cpu", Controller.CPU),
                        kernel.mountV1("freezer", Controller.FREEZER),
                        kernel.mountV2BesideV1(Controller.MEMORY, Controller.PIDS));
        };
    }
}
