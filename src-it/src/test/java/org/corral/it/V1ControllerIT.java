package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.corral.cgroup.controller.FreezerController;
import org.corral.cgroup.controller.FreezerState;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.MemoryLimits;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Knobs and rules that v1 alone has. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.V1_MEMORY, Need.V1_FREEZER})
class V1ControllerIT {

    private static final long MEBIBYTE = 1 << 20;

    private OneCgroup one;
    private MemoryController memory;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
        memory = MemoryController.of(one.files(Controller.MEMORY));
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    @Test
    void memoryLimits_shrunkAndGrown_everyOrderIsTaken() throws Exception {
        for (long mebibytes : new long[] {256, 64, 512}) {
            Limit limit = Limit.of(mebibytes * MEBIBYTE);
            List<KnobOutcome> outcomes = one.limit(plan -> plan.memory(new MemoryLimits(limit, limit)));
            assertThat(outcomes).hasSize(2).allMatch(KnobOutcome::isApplied);
        }
        assertThat(one.path("memory").resolve("memory.memsw.limit_in_bytes"))
                .hasContent(String.valueOf(512 * MEBIBYTE));
    }

    @Test
    void memoryHardLimit_aboveMemoryAndSwap_refused() throws Exception {
        Limit both = Limit.of(64 * MEBIBYTE);
        one.limit(plan -> plan.memory(new MemoryLimits(both, both)));
        assertThat(one.limitOne(plan -> plan.memory(Limit.of(128 * MEBIBYTE))).isRefusedWith(Errno.EINVAL))
                .isTrue();
    }

    @Test
    void memoryKnobsOfV2_unsupportedWithReason() throws Exception {
        assertThat(memory.setHigh(Limit.of(MEBIBYTE))).isInstanceOf(KnobOutcome.Unsupported.class);
        assertThat(memory.setOomGroup(true)).isInstanceOf(KnobOutcome.Unsupported.class);
    }

    @Test
    void memoryEvents_nothingHappened_notUnderOom() throws Exception {
        assertThat(memory.events().underOom()).hasValue(false);
        assertThat(memory.stat()).containsKeys("rss", "cache", "hierarchical_memory_limit");
    }

    @Test
    void freezer_askedAndThawed_stateIsTold() throws Exception {
        one.attached("sleep", "1000");
        FreezerController freezer = FreezerController.of(one.files(Controller.FREEZER));
        assertThat(freezer.state()).isEqualTo(FreezerState.THAWED);
        freezer.freeze();
        Eventually.holds("it is frozen", () -> freezer.state() == FreezerState.FROZEN);
        assertThat(freezer.isSelfFreezing()).isTrue();
        assertThat(freezer.isParentFreezing()).isFalse();
        freezer.thaw();
        assertThat(freezer.state()).isEqualTo(FreezerState.THAWED);
    }
}
