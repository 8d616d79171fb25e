package org.corral.containerizer.cgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.NestedContainerException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last part of a nested container's id may be another container's. */
class NestedContainersTest {

    private static final ContainerId NESTED = ContainerId.of("outer").child("web");
    private static final ContainerId WEB = ContainerId.of("web");

    @TempDir
    Path root;

    private FakeHierarchy unified;
    private ContainerCgroups cgroups;

    @BeforeEach
    void mount() {
        FakeLinux kernel = new FakeLinux(root);
        unified = kernel.mountV2(Controller.PIDS);
        cgroups = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
    }

    @Test
    void create_nestedId_refusedAndNothingMade() {
        assertThatExceptionOfType(NestedContainerException.class)
                .isThrownBy(() -> cgroups.create(NESTED))
                .withMessageContaining("outer/web");

        assertThat(unified.at("/").children()).isEmpty();
    }

    @Test
    void adopt_nestedIdOfAnothersName_refusedAndTheOtherLeftAlone() throws Exception {
        cgroups.create(WEB);
        cgroups.close(WEB);

        assertThatExceptionOfType(NestedContainerException.class).isThrownBy(() -> cgroups.adopt(NESTED));
        cgroups.delete(NESTED, Duration.ZERO);

        assertThat(unified.find("/corral/web")).isPresent();
    }
}
