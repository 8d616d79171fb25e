package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.controller.FreezerController;
import org.corral.cgroup.controller.FreezerState;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.controller.PressureFiles;
import org.corral.cgroup.layout.Controller;
import org.corral.core.unit.DataSize;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Knobs and rules that v2 alone has. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.V2_MEMORY})
class V2ControllerIT {

    private static final long MEBIBYTE = 1 << 20;

    private TestRoot root;
    private OneCgroup one;
    private MemoryController memory;

    @BeforeEach
    void create(TestRoot own) throws IOException {
        root = own;
        one = OneCgroup.create(own);
        memory = MemoryController.of(one.files(Controller.MEMORY));
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    @Test
    void memoryProtection_setAndLifted_isInTheControlFiles() throws Exception {
        assertThat(memory.setMin(DataSize.ofMebibytes(8)).isApplied()).isTrue();
        assertThat(one.limitOne(plan -> plan.softMemory(Limit.of(16 * MEBIBYTE)))
                        .isApplied())
                .isTrue();
        assertThat(memory.setHigh(Limit.of(32 * MEBIBYTE)).isApplied()).isTrue();
        assertFile("memory.min", String.valueOf(8 * MEBIBYTE));
        assertFile("memory.low", String.valueOf(16 * MEBIBYTE));
        assertFile("memory.high", String.valueOf(32 * MEBIBYTE));
        assertThat(memory.setHigh(Limit.NONE).isApplied()).isTrue();
        assertThat(one.limitOne(plan -> plan.softMemory(Limit.NONE)).isApplied())
                .isTrue();
        assertFile("memory.high", "max");
        assertFile("memory.low", "0");
    }

    @Test
    void memoryLimits_memoryAndSwap_swapIsTheDifference() throws Exception {
        Limit memoryAlone = Limit.of(64 * MEBIBYTE);
        MemoryLimits withSwap = new MemoryLimits(memoryAlone, Limit.of(96 * MEBIBYTE));
        List<KnobOutcome> outcomes = one.limit(plan -> plan.memory(withSwap));
        assertThat(outcomes).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertFile("memory.max", String.valueOf(64 * MEBIBYTE));
        assertFile("memory.swap.max", String.valueOf(32 * MEBIBYTE));
        one.limit(plan -> plan.memory(new MemoryLimits(memoryAlone, memoryAlone)));
        assertFile("memory.swap.max", "0");
    }

    @Test
    void oomGroup_setTwice_writtenThenUnchanged() throws Exception {
        assertThat(memory.setOomGroup(true)).isInstanceOf(KnobOutcome.Written.class);
        assertThat(memory.setOomGroup(true)).isInstanceOf(KnobOutcome.Unchanged.class);
        assertFile("memory.oom.group", "1");
    }

    @Test
    void memoryHigh_belowTheUse_processesAreSlowedAndCounted() throws Exception {
        memory.setHigh(Limit.of(16 * MEBIBYTE));
        one.attachedScript("tail /dev/zero");
        Eventually.holds("it is throttled", () -> memory.events().high().orElse(0) > 0);
        assertThat(memory.events().oomKill().orElseThrow()).isZero();
    }

    @Test
    void freezer_askedAndThawed_confirmedByTheKernel() throws Exception {
        one.attached("sleep", "1000");
        FreezerController freezer = FreezerController.of(one.files(Controller.MEMORY));
        freezer.freeze();
        Eventually.holds("it is frozen", () -> freezer.state() == FreezerState.FROZEN);
        assertThat(one.path("memory").resolve("cgroup.events")).content().contains("frozen 1");
        freezer.thaw();
        assertThat(freezer.state()).isEqualTo(FreezerState.THAWED);
    }

    @Test
    void kill_manyProcessesOneStopped_oneWriteEndsAll() throws Exception {
        one.attachedScript("sleep 1000 & sleep 1000 & kill -STOP $!; wait");
        Eventually.holds("all are there", () -> one.cgroup().pids().size() == 3);
        one.cgroup().kill();
        Path events = one.path("memory").resolve("cgroup.events");
        Eventually.holds("it is empty", () -> Files.readString(events).contains("populated 0"));
    }

    @Test
    @Requires(Need.PSI)
    void pressure_cgroup_isTold() throws Exception {
        PressureFiles pressure = new PressureFiles(one.files(Controller.MEMORY));
        assertThat(pressure.memory().orElseThrow().some()).isPresent();
        assertThat(pressure.cpu()).isPresent();
        assertThat(pressure.io()).isPresent();
    }

    @Test
    void create_always_controllersAreGivenTopDown() throws Exception {
        Path own = one.path("memory");
        assertThat(own.resolve("cgroup.controllers")).content().contains("memory");
        assertThat(own.resolveSibling("cgroup.subtree_control")).content().contains("memory");
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("");
    }

    @Test
    void create_failsBelow_controllersAreTakenBack() throws Exception {
        CgroupTree below = new CgroupTree(
                one.tree().linux(), one.tree().layout(), one.tree().root().child("half"));
        Path half = Files.createDirectory(one.path("memory").resolveSibling("half"));
        Path taken = Files.createDirectory(half.resolve("taken"));
        assertThat(catchThrowableOfType(ErrnoException.class, () -> below.create("taken", "test")))
                .isNotNull();
        assertThat(half.resolve("cgroup.subtree_control")).hasContent("");
        Files.delete(taken);
        Files.delete(half);
    }

    @Test
    void delete_nested_allLevelsAreRemoved() throws Exception {
        try (Cgroup outer = one.tree().create("outer", "test")) {
            CgroupTree inside = new CgroupTree(
                    one.tree().linux(), one.tree().layout(), one.tree().root().child("outer"));
            try (Cgroup inner = inside.create("inner", "test")) {
                inner.attach((int) one.sleeping().pid());
                assertThat(outer.allPids()).hasSize(1);
            }
            outer.delete(OneCgroup.PATIENCE);
        }
        assertThat(CgroupMount.of("memory").directory(root).resolve("outer")).doesNotExist();
    }

    private void assertFile(String file, String value) throws IOException {
        assertThat(one.path("memory").resolve(file)).hasContent(value);
    }
}
