package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcessTable;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixIsolatorsTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final int INIT = 50;

    @TempDir
    Path root;

    private ProcFixture proc;
    private Linux linux;
    private PosixProcesses processes;
    private PosixCpu cpu;
    private PosixMem mem;

    @BeforeEach
    void makeProc() throws Exception {
        proc = new ProcFixture(root)
                .process(20, "agent", 'S', 1, 20)
                .ticks(3, 2)
                .pages(10)
                .process(INIT, "sh", 'S', 20, INIT)
                .ticks(1, 1)
                .pages(5)
                .process(60, "child", 'S', INIT, INIT);
        linux = new FaultyLinux().linux(root);
        processes = new PosixProcesses(linux);
        cpu = new PosixCpu(processes, 100);
        mem = new PosixMem(processes, 4096);
    }

    private CpuUsage cpuUsed() throws Exception {
        return cpu.usage(ID).cpu().orElseThrow();
    }

    private MemoryUsage memoryUsed() throws Exception {
        return mem.usage(ID).memory().orElseThrow();
    }

    @Test
    void prepare_anyRequest_asksForNothing() {
        LaunchRequest request = LaunchRequest.builder(List.of("x")).build();

        assertThat(cpu.prepare(ID, request)).isEqualTo(Contribution.NONE);
        assertThat(mem.prepare(ID, request)).isEqualTo(Contribution.NONE);
        assertThat(cpu.name()).isEqualTo("posix/cpu");
        assertThat(mem.name()).isEqualTo("posix/mem");
    }

    @Test
    void cpuUsage_tree_sumsOwnAndReapedTicks() throws Exception {
        cpu.isolate(ID, INIT);

        assertThat(cpuUsed().user()).contains(Duration.ofMillis(10 * (3 + 30 + 1 + 10)));
        assertThat(cpuUsed().system()).contains(Duration.ofMillis(10 * (2 + 20 + 1 + 10)));
        assertThat(cpuUsed().total()).contains(Duration.ofMillis(10 * (44 + 33)));
    }

    @Test
    void cpuUsage_firstProcessEnded_stillCountsIt() throws Exception {
        cpu.isolate(ID, INIT);
        processes.end(ID, ProcessTable.find(linux, INIT).orElseThrow());
        proc.remove(INIT).remove(60);

        assertThat(cpuUsed().user()).contains(Duration.ofMillis(330));
    }

    @Test
    void cpuUsage_firstProcessEndedButNotReaped_countsItOnce() throws Exception {
        cpu.isolate(ID, INIT);
        processes.end(ID, ProcessTable.find(linux, INIT).orElseThrow());
        proc.remove(60);

        assertThat(cpuUsed().user()).contains(Duration.ofMillis(330));
    }

    @Test
    void memoryUsage_tree_sumsPagesAndKeepsThePeak() throws Exception {
        mem.isolate(ID, INIT);
        assertThat(memoryUsed().currentBytes()).hasValue(15 * 4096);

        proc.remove(60);

        assertThat(memoryUsed().currentBytes()).hasValue(10 * 4096);
        assertThat(memoryUsed().peakBytes()).hasValue(15 * 4096);
        assertThat(memoryUsed().limitBytes()).isEmpty();
    }

    @Test
    void memoryUsage_allGone_isZeroWithItsPeak() throws Exception {
        mem.isolate(ID, INIT);
        mem.usage(ID);
        proc.remove(60).remove(INIT);

        assertThat(memoryUsed().currentBytes()).hasValue(0);
        assertThat(memoryUsed().peakBytes()).hasValue(15 * 4096);
    }

    @Test
    void recover_runningContainer_isMeasured() throws Exception {
        RecoveredContainer running = new RecoveredContainer(ID, OptionalInt.of(INIT), Resources.NONE);
        cpu.recover(running);
        mem.recover(running);

        assertThat(cpuUsed().total()).isPresent();
        assertThat(memoryUsed().currentBytes()).hasValue(15 * 4096);
    }

    @Test
    void usage_unknownEndedAndCleanedUp_isUnknown() throws Exception {
        cpu.recover(new RecoveredContainer(ID, OptionalInt.empty(), Resources.NONE));
        assertThatThrownBy(() -> cpu.usage(ID)).isInstanceOf(UnknownContainerException.class);

        mem.isolate(ID, INIT);
        mem.cleanup(ID);
        mem.cleanup(ID);
        cpu.cleanup(ID);

        assertThatThrownBy(() -> mem.usage(ID)).isInstanceOf(UnknownContainerException.class);
    }
}
