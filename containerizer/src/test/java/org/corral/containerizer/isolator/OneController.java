package org.corral.containerizer.isolator;

import java.io.IOException;
import java.nio.file.Path;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;

/** A fake kernel with one controller, and the cgroup of one container in it. */
final class OneController {

    static final ContainerId ID = ContainerId.of("c");

    private final FakeLinux kernel;
    private final CgroupVersion version;
    private final FakeHierarchy hierarchy;
    private final ContainerCgroups cgroups;

    OneController(Path root, CgroupVersion version, Controller controller) throws IOException {
        this.kernel = new FakeLinux(root);
        this.version = version;
        this.hierarchy = version == CgroupVersion.V1
                ? kernel.mountV1(controller.v1Name(), controller)
                : kernel.mountV2(controller);
        CgroupTree tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        this.cgroups = new ContainerCgroups(tree, "corral");
        cgroups.create(ID);
    }

    FakeLinux kernel() {
        return kernel;
    }

    ContainerCgroups cgroups() {
        return cgroups;
    }

    FakeCgroup cgroup() {
        return hierarchy.at("/corral/c");
    }

    /** {@return the text of the file that the version has} */
    String file(String onV1, String onV2) {
        return cgroup().file(version == CgroupVersion.V1 ? onV1 : onV2);
    }
}
