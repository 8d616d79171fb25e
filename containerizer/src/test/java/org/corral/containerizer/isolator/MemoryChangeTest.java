package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.MemoryInUseException;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.isolator.LimitStep;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hard limit of 128 MiB that is to become one of 64 MiB. */
@Timeout(60)
class MemoryChangeTest {

    private static final Resources LESS = Resources.NONE.withMemory(DataSize.ofMebibytes(64));
    private static final String HIGH = "memory.high";

    @TempDir
    Path root;

    private OneController host;
    private String hard;
    private String used;

    @BeforeEach
    void bootV1() throws IOException {
        boot(CgroupVersion.V1);
    }

    private void boot(CgroupVersion version) throws IOException {
        host = new OneController(root, version, Controller.MEMORY);
        boolean v1 = version == CgroupVersion.V1;
        hard = v1 ? "memory.limit_in_bytes" : "memory.max";
        used = v1 ? "memory.usage_in_bytes" : "memory.current";
        host.cgroup().file(hard, bytes(128));
        use(100);
        host.kernel().calls().clear();
    }

    private void use(long mebibytes) {
        host.cgroup().file(used, bytes(mebibytes));
    }

    private static String bytes(long mebibytes) {
        return Long.toString(mebibytes << 20);
    }

    private MemoryChange change(Resources wanted, MemoryLowering policy, Duration patience) throws IOException {
        MemoryChange.Place place = new MemoryChange.Place(
                host.cgroups().limits(OneController.ID),
                Bound.files(host.cgroups().get(OneController.ID), Controller.MEMORY),
                patience);
        return new MemoryChange(place, WantedMemory.of(wanted, DataSize.ofMebibytes(32)), policy);
    }

    private MemoryChange change(MemoryLowering policy) throws IOException {
        return change(LESS, policy, Duration.ofSeconds(30));
    }

    private String limit() {
        return host.cgroup().file(hard);
    }

    private List<String> writes() {
        return host.kernel().calls().recorded("write");
    }

    private String line(MemoryChange change) throws IOException {
        return change.steps().stream()
                .filter(step -> step.file().equals(hard))
                .map(LimitStep::toString)
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void keep_lower_softLimitAloneMoves(CgroupVersion version) throws Exception {
        boot(version);
        MemoryChange change = change(MemoryLowering.KEEP);

        assertThat(line(change)).endsWith("kept, because lowered to 64.0MiB it could kill: the memory policy is keep");
        change.apply();

        assertThat(limit()).isEqualTo(bytes(128));
        assertThat(host.file("memory.soft_limit_in_bytes", "memory.low")).isEqualTo(bytes(64));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void keep_limitThatIsNotTold_isWrittenAsWanted(CgroupVersion version) throws Exception {
        boot(version);
        host.kernel().calls().failNext("read", hard, Errno.EOPNOTSUPP);

        change(MemoryLowering.KEEP).apply();

        assertThat(limit()).isEqualTo(bytes(64));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void refuse_moreIsUsed_saysHowMuchAndWritesNothing(CgroupVersion version) throws Exception {
        boot(version);
        MemoryChange change = change(MemoryLowering.REFUSE);

        assertThat(line(change)).contains("kept, because 100.0MiB are used");
        MemoryInUseException refusal = catchThrowableOfType(MemoryInUseException.class, change::apply);

        assertThat(refusal).hasMessageContainingAll("64.0MiB", "100.0MiB");
        assertThat(refusal.wanted()).isEqualTo(DataSize.ofMebibytes(64));
        assertThat(refusal.used()).isEqualTo(DataSize.ofMebibytes(100));
        assertThat(writes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void refuse_lessIsUsed_lowersAndTakesBack(CgroupVersion version) throws Exception {
        boot(version);
        use(40);
        MemoryChange change = change(MemoryLowering.REFUSE);

        assertThat(line(change)).isEqualTo(hard + ": " + bytes(128) + " -> " + bytes(64));
        change.apply();
        assertThat(limit()).isEqualTo(bytes(64));

        change.undo();
        assertThat(limit()).isEqualTo(bytes(128));
    }

    @Test
    void refuse_v1RefusesAllTheSame_isInUse() throws Exception {
        use(40);
        host.kernel().calls().failNext("write", hard, Errno.EBUSY);

        assertThatThrownBy(() -> change(MemoryLowering.REFUSE).apply())
                .isInstanceOf(MemoryInUseException.class)
                .hasRootCauseMessage(failure());
    }

    private String failure() {
        return "the kernel refused " + hard + " = " + bytes(64) + ": pwrite(/sys/fs/cgroup/memory/corral/c/" + hard
                + ", \"" + bytes(64) + "\"): EBUSY Device or resource busy";
    }

    @Test
    void reclaim_v1_writesAgainUntilTheKernelTakesIt() throws Exception {
        host.kernel().calls().failNext("write", hard, Errno.EBUSY, 2);

        change(MemoryLowering.RECLAIM).apply();

        assertThat(limit()).isEqualTo(bytes(64));
        assertThat(writes()).filteredOn(write -> write.contains(hard)).hasSize(3);
    }

    @Test
    void reclaim_v1DoesNotGetThere_isInUse() throws Exception {
        host.kernel().calls().failNext("write", hard, Errno.EBUSY, 1000);

        assertThatThrownBy(() -> change(LESS, MemoryLowering.RECLAIM, Duration.ofMillis(1))
                        .apply())
                .isInstanceOf(MemoryInUseException.class);

        assertThat(limit()).isEqualTo(bytes(128));
    }

    @Test
    void reclaim_v1RefusesForAnotherReason_isToldAtOnce() throws Exception {
        host.kernel().calls().failNext("write", hard, Errno.EINVAL);

        assertThatThrownBy(() -> change(MemoryLowering.RECLAIM).apply()).hasMessageContaining("EINVAL");
    }

    @Test
    void reclaim_v2_bringsDownHighInStepsAndThenTheLimit() throws Exception {
        boot(CgroupVersion.V2);
        use(200);
        host.kernel().calls().before("write", HIGH, () -> use(140));
        host.kernel().calls().before("write", HIGH, () -> use(60));

        change(MemoryLowering.RECLAIM).apply();

        assertThat(writes())
                .extracting(write -> write.replaceAll(".*/([^/,]+), \"(.*)\"\\)", "$1=$2"))
                .containsExactly(
                        HIGH + "=" + bytes(136),
                        HIGH + "=" + bytes(76),
                        hard + "=" + bytes(64),
                        "memory.low=" + bytes(64),
                        HIGH + "=max");
    }

    @Test
    void reclaim_v2DoesNotGetThere_isInUseAndHighIsAsBefore() throws Exception {
        boot(CgroupVersion.V2);
        host.cgroup().file(HIGH, bytes(120));

        assertThatThrownBy(() -> change(LESS, MemoryLowering.RECLAIM, Duration.ofMillis(1))
                        .apply())
                .isInstanceOf(MemoryInUseException.class)
                .hasMessageContaining("100.0MiB");

        assertThat(limit()).isEqualTo(bytes(128));
        assertThat(host.cgroup().file(HIGH)).isEqualTo(bytes(120));
    }

    @Test
    void force_v2_lowersThoughMoreIsUsed() throws Exception {
        boot(CgroupVersion.V2);

        change(MemoryLowering.FORCE).apply();

        assertThat(limit()).isEqualTo(bytes(64));
    }

    @Test
    void force_v1CannotGetThere_isInUse() throws Exception {
        host.kernel().calls().failNext("write", hard, Errno.EBUSY);

        assertThatThrownBy(() -> change(MemoryLowering.FORCE).apply()).isInstanceOf(MemoryInUseException.class);
    }

    @ParameterizedTest
    @EnumSource(MemoryLowering.class)
    void more_anyPolicy_isGivenAtOnce(MemoryLowering policy) throws Exception {
        boot(CgroupVersion.V2);

        change(Resources.NONE.withMemory(DataSize.ofMebibytes(256)), policy, Duration.ZERO)
                .apply();

        assertThat(limit()).isEqualTo(bytes(256));
    }

    @Test
    void keep_swapWithAKeptLimit_isNotBelowIt() throws Exception {
        boot(CgroupVersion.V2);
        Resources wanted = LESS.withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(64)));

        change(wanted, MemoryLowering.KEEP, Duration.ZERO).apply();

        assertThat(limit()).isEqualTo(bytes(128));
        assertThat(host.cgroup().file("memory.swap.max")).isEqualTo("0");
    }
}
