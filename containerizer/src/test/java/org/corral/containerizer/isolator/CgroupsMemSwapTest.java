package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit of memory and swap on v1; the cgroups are those of a fake kernel, eventfds and poller are real. */
@Timeout(60)
class CgroupsMemSwapTest extends MemoryFixture {

    private static final String HARD = "memory.limit_in_bytes";
    private static final String TOTAL = "memory.memsw.limit_in_bytes";

    @Override
    Map<String, String> options() {
        return Map.of();
    }

    private static String bytes(long mebibytes) {
        return Long.toString(mebibytes << 20);
    }

    private static Resources limits(long mebibytes, long total) {
        return limit(mebibytes).withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(total)));
    }

    @Test
    void prepare_swapLimit_setsBoth() throws Exception {
        prepared(limits(64, 96));

        assertThat(host.cgroup().file(HARD)).isEqualTo(bytes(64));
        assertThat(host.cgroup().file(TOTAL)).isEqualTo(bytes(96));
    }

    @Test
    void prepare_swapLimitBelowTheFloor_isRaisedWithTheMemoryLimit() throws Exception {
        prepared(limits(8, 16));

        assertThat(host.cgroup().file(HARD)).isEqualTo(bytes(32));
        assertThat(host.cgroup().file(TOTAL)).isEqualTo(bytes(32));
    }

    @Test
    void prepare_swapIsNotAccountedFor_failsUnlessNoLimitIsWanted() throws Exception {
        host.cgroup().withoutFile(TOTAL);

        assertThatThrownBy(() -> prepared(limits(64, 96)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(TOTAL);
        mem.cleanup(OneController.ID);
        prepared(limit(64).withMemoryAndSwap(Maximum.NONE));
    }

    /** MESOS-7237: the kernel refuses a limit above that of memory and swap, EINVAL. */
    @Test
    void update_memoryAndSwap_areRaisedAndLoweredInTheOrderThatTheKernelTakes() throws Exception {
        prepared(limits(64, 64));
        host.kernel().calls().clear();

        mem.update(OneController.ID, limits(128, 192));
        mem.update(OneController.ID, limits(128, 128));

        assertThat(host.kernel().calls().recorded("write").stream()
                        .filter(write -> write.contains("limit_in_bytes") && !write.contains("soft"))
                        .map(write -> write.replaceAll(".*/(memory[^,]*).*", "$1")))
                .containsExactly(TOTAL, HARD, TOTAL);
        assertThat(host.cgroup().file(HARD)).isEqualTo(bytes(128));
        assertThat(host.cgroup().file(TOTAL)).isEqualTo(bytes(128));
    }

    @Test
    void update_swapBelowAMemoryLimitThatIsKept_isAsLowAsThat() throws Exception {
        prepared(limits(128, 256));

        mem.update(OneController.ID, limits(64, 64));

        assertThat(host.cgroup().file(HARD)).isEqualTo(bytes(128));
        assertThat(host.cgroup().file(TOTAL)).isEqualTo(bytes(128));
    }

    @Test
    void update_swapLimitLifted_isNone() throws Exception {
        prepared(limits(64, 96));

        mem.update(OneController.ID, limit(64).withMemoryAndSwap(Maximum.NONE));

        assertThat(host.cgroup().file(TOTAL)).isEqualTo("9223372036854771712");
        assertThat(host.cgroup().file(HARD)).isEqualTo(bytes(64));
    }

    @Test
    void update_swapWithoutAnyMemoryLimit_saysWhatIsNeeded() throws Exception {
        prepared(Resources.NONE);

        assertThatThrownBy(() -> mem.update(OneController.ID, Resources.NONE.withMemoryAndSwap(Maximum.of(64 << 20))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("needs a memory limit");
    }

    @Test
    void update_swapBelowTheUse_isRefusedByTheKernel() throws Exception {
        prepared(limits(64, 96));
        host.kernel().calls().failNext("write", TOTAL, Errno.EBUSY);

        assertThatThrownBy(() -> mem.update(OneController.ID, limits(64, 64)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(TOTAL, "EBUSY");
    }
}
