package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.PressureThreshold;
import org.corral.cgroup.PressureThreshold.Kind;
import org.corral.cgroup.PressureTrigger;
import org.corral.cgroup.PressureTriggers;
import org.corral.cgroup.TriggerOutcome;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pressure of a v2 cgroup needs no controller, so a v2 mount beside v1 ones will do. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.PSI, Need.V2_BOUND})
class PressureTriggerIT {

    private static final PressureThreshold ONE_SECOND = PressureThreshold.percent(Kind.SOME, 10, Duration.ofSeconds(1));

    private final Linux linux = Linux.ofThisHost();
    private OneCgroup one;
    private PressureTriggers triggers;
    private Poller poller;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
        CgroupDir unified = one.cgroup().directories().stream()
                .filter(dir -> dir.version() == CgroupVersion.V2)
                .findFirst()
                .orElseThrow();
        triggers = new PressureTriggers(linux, unified);
        poller = Poller.start(linux);
    }

    @AfterEach
    void close() throws Exception {
        poller.close();
        one.close();
    }

    /** With CAP_SYS_RESOURCE the window is the one that was asked for, without it one of 2 s. */
    @Test
    void cpuPressure_twoLoopsOnOneCpu_firesAgainAndAgain() throws Exception {
        Semaphore passed = new Semaphore(0);
        TriggerOutcome outcome = triggers.set("cpu.pressure", ONE_SECOND);
        boolean asAsked = outcome instanceof TriggerOutcome.Set;
        assertThat(outcome.trigger().orElseThrow().threshold())
                .hasToString(asAsked ? "some 100000 1000000" : "some 200000 2000000");
        outcome.trigger().orElseThrow().watch(poller, passed::release);

        one.attachedScript("taskset -cp 0 $$; while :; do :; done & while :; do :; done");

        assertThat(passed.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void set_freeWindow_isSetAsAsked() throws Exception {
        PressureThreshold free = PressureThreshold.percent(Kind.FULL, 10, Duration.ofSeconds(4));
        try (PressureTrigger trigger =
                triggers.set("memory.pressure", free).trigger().orElseThrow()) {
            assertThat(trigger.threshold()).isEqualTo(free);
        }
    }

    @Test
    void set_noSuchFile_unsupported() throws Exception {
        assertThat(triggers.set("none.pressure", ONE_SECOND)).isInstanceOf(TriggerOutcome.Unsupported.class);
    }
}
