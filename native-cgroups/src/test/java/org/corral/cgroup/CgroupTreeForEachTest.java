package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look at the control files of all cgroups in the root. */
class CgroupTreeForEachTest {

    @TempDir
    private Path root;

    private Host.Booted booted;
    private final List<String> shares = new ArrayList<>();

    @BeforeEach
    void boot() {
        booted = Host.V1_SEPARATE.boot(root);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    private void look() throws IOException {
        booted.tree().forEach(Controller.CPU, files -> shares.add(files.read("cpu.shares")));
    }

    @Test
    void forEach_ownAndOthers_areShownInTheHierarchyOfTheController() throws Exception {
        booted.tree().create("a", "agent-1").close();
        booted.hierarchies().get(0).make("/corral/b").file("cpu.shares", "2048");
        booted.hierarchies().get(2).make("/corral/elsewhere");

        look();

        assertThat(shares).containsExactly("1024", "2048");
    }

    @Test
    void forEach_noRootOrControllerBoundNowhere_showsNothing() throws Exception {
        look();
        booted.tree().create("a", "agent-1").close();
        booted.tree().forEach(Controller.RDMA, files -> shares.add("rdma"));

        assertThat(shares).isEmpty();
    }

    @Test
    void forEach_oneIsRemovedMeanwhile_isLeftOut() throws Exception {
        booted.hierarchies().get(0).make("/corral/a");
        booted.hierarchies().get(0).make("/corral/b");
        booted.tree().forEach(Controller.CPU, files -> {
            if (shares.isEmpty()) {
                booted.hierarchies().get(0).remove("/corral/b");
            }
            shares.add(files.read("cpu.shares"));
        });

        assertThat(shares).hasSize(1);
    }

    @Test
    void forEach_anotherFailure_isTold() {
        booted.hierarchies().get(0).make("/corral/a");
        booted.kernel().calls().failNext("read", "cpu.shares", Errno.EIO);

        assertThatThrownBy(this::look).isInstanceOf(IOException.class).hasMessageContaining("EIO");
    }
}
