package org.corral.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.corral.cgroup.controller.CpusetController;
import org.corral.cgroup.controller.IoController;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.IoThrottle;
import org.corral.core.isolator.LimitStep;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

/** Files that note, and files that remember. */
class FilesTest {

    private static final String RATE = "blkio.throttle.read_bps_device";
    private static final DeviceNumber DISK = new DeviceNumber(8, 0);

    private final FakeControlFiles v1 =
            FakeControlFiles.of(CgroupVersion.V1).with("blkio.weight", "500").with(RATE, "8:16 100");
    private final FakeControlFiles v2 = FakeControlFiles.of(CgroupVersion.V2)
            .with("io.weight", "default 100\n8:0 50")
            .with("io.max", "8:0 rbps=100 wbps=max riops=max wiops=max")
            .with("cpuset.cpus", "")
            .with("cpuset.cpus.effective", "0");
    private final UndoableFiles undoable = new UndoableFiles(v2);

    private static IoThrottle reading(long rate) {
        return IoThrottle.ofReadBytes(Maximum.of(rate));
    }

    @Test
    void plan_ratesOfV1_areTheDevicesLines() throws Exception {
        PlannedFiles planned = new PlannedFiles(v1);
        IoController io = IoController.of(planned);

        assertThat(io.setThrottle(DISK, reading(4096))).allMatch(KnobOutcome::isApplied);
        assertThat(io.setThrottle(DISK, reading(4096))).allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);

        assertThat(planned.steps()).containsExactly(new LimitStep(RATE, "8:0 0", "8:0 4096", ""));
        assertThat(planned.read(RATE)).isEqualTo("8:16 100\n8:0 4096");
        assertThat(v1.writes()).isEmpty();
    }

    @Test
    void plan_ratesOfV1Twice_theDevicesLineIsOne() throws Exception {
        PlannedFiles planned = new PlannedFiles(v1);
        IoController io = IoController.of(planned);

        io.setThrottle(DISK, reading(4096));
        io.setThrottle(DISK, reading(8192));

        assertThat(planned.read(RATE)).isEqualTo("8:16 100\n8:0 8192");
    }

    @Test
    void plan_ratesOfV2_tellTheLineThatThereIs() throws Exception {
        PlannedFiles planned = new PlannedFiles(v2);

        IoController.of(planned).setThrottle(DISK, reading(4096));

        assertThat(planned.steps())
                .containsExactly(
                        new LimitStep("io.max", "8:0 rbps=100 wbps=max riops=max wiops=max", "8:0 rbps=4096", ""));
    }

    /** What CPUs are given is known only when they are asked for. */
    @Test
    void plan_cpus_effectiveOnesAreNotKnown() throws Exception {
        PlannedFiles planned = new PlannedFiles(v2);
        CpusetController cpuset = CpusetController.of(planned);
        assertThat(cpuset.effectiveCpus()).isPresent();

        cpuset.setCpus(IdList.parse("1"));

        assertThat(cpuset.effectiveCpus()).isEmpty();
        assertThat(planned.steps()).containsExactly(new LimitStep("cpuset.cpus", "", "1", ""));
        assertThat(planned.version()).isEqualTo(CgroupVersion.V2);
        assertThat(planned.names()).isEqualTo(v2.names());
    }

    @Test
    void undo_several_latestFirst() throws Exception {
        IoController io = IoController.of(undoable);
        io.setWeight(200);
        io.setThrottle(DISK, reading(4096));
        io.setThrottle(new DeviceNumber(8, 16), reading(4096));
        CpusetController.of(undoable).setCpus(IdList.parse("1"));

        undoable.undo();
        undoable.undo();

        assertThat(v2.writes().subList(4, 8))
                .containsExactly(
                        "cpuset.cpus=\n",
                        "io.max=8:16 rbps=max wbps=max riops=max wiops=max",
                        "io.max=8:0 rbps=100 wbps=max riops=max wiops=max",
                        "io.weight=default 100");
        assertThat(v2.writes()).hasSize(8);
        assertThat(undoable.names()).isEqualTo(v2.names());
    }

    @Test
    void undo_ratesOfV1_areLifted() throws Exception {
        UndoableFiles remembering = new UndoableFiles(v1);
        IoController.of(remembering).setThrottle(DISK, reading(4096));

        remembering.undo();

        assertThat(v1.writes()).endsWith(RATE + "=8:0 0");
        assertThat(v1.text(RATE)).isEqualTo("8:16 100");
    }

    @Test
    void undo_oneIsRefused_theRestIsTakenBack() throws Exception {
        IoController io = IoController.of(undoable);
        io.setWeight(200);
        io.setThrottle(DISK, reading(4096));
        v2.refuseWrite("io.max", Errno.EBUSY);

        assertThatThrownBy(undoable::undo).isInstanceOf(ErrnoException.class).hasMessageContaining("EBUSY");

        assertThat(v2.writes()).last().isEqualTo("io.weight=default 100");
    }

    @Test
    void write_refused_isNotTakenBack() throws Exception {
        v2.refuseWrite("io.max", Errno.EINVAL);
        IoController.of(undoable).setThrottle(DISK, reading(4096));

        undoable.undo();

        assertThat(v2.writes()).isEmpty();
        assertThat(Optional.of(undoable.read("io.max"))).isPresent();
    }
}
