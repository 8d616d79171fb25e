package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesControllerTest {

    private static final String ALLOW = "devices.allow";
    private static final String DENY = "devices.deny";
    private static final String LIST = "devices.list";
    private static final List<DeviceRule> WANTED =
            Stream.of("c 1:3 rwm", "c 136:* rw").map(DeviceRule::parse).toList();

    private final FakeControlFiles files =
            FakeControlFiles.of(CgroupVersion.V1).with(ALLOW, "").with(DENY, "").with(LIST, "a *:* rwm");

    @BeforeEach
    void answerAsTheKernel() {
        files.onWrite(DENY, value -> {
            files.with(LIST, "");
            return "";
        });
        files.onWrite(ALLOW, value -> {
            files.with(LIST, (files.text(LIST) + "\n" + value).strip());
            return "";
        });
    }

    @Test
    void restrictTo_rules_deniesAllAndAllowsOneByOne() throws Exception {
        List<KnobOutcome> outcomes = DevicesController.of(files).restrictTo(WANTED);

        assertThat(outcomes)
                .containsExactly(
                        new KnobOutcome.Written(DENY, "a", "a *:* rwm"),
                        new KnobOutcome.Written(ALLOW, "c 1:3 rwm", ""),
                        new KnobOutcome.Written(ALLOW, "c 136:* rw", "c 1:3 rwm"));
        assertThat(files.writes())
                .containsExactly("devices.deny=a", "devices.allow=c 1:3 rwm", "devices.allow=c 136:* rw");
        assertThat(DevicesController.of(files).allowed()).contains(WANTED);
    }

    @Test
    void restrictTo_nothing_deniesAll() throws Exception {
        assertThat(DevicesController.of(files).restrictTo(List.of())).hasSize(1);
        assertThat(DevicesController.of(files).allowed()).contains(List.of());
    }

    @Test
    void restrictTo_denialRefused_allowsNothing() throws Exception {
        files.refuseWrite(DENY, Errno.EINVAL);

        List<KnobOutcome> outcomes = DevicesController.of(files).restrictTo(WANTED);

        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).isRefusedWith(Errno.EINVAL)).isTrue();
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void restrictTo_ruleRefused_endsThere() throws Exception {
        files.refuseWrite(ALLOW, Errno.EPERM);

        List<KnobOutcome> outcomes = DevicesController.of(files).restrictTo(WANTED);

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.get(1).isRefusedWith(Errno.EPERM)).isTrue();
    }

    @Test
    void restrictTo_ruleThatIsNotKept_isTold() throws Exception {
        files.onWrite(ALLOW, value -> "");

        assertThat(DevicesController.of(files).restrictTo(WANTED))
                .contains(new KnobOutcome.Clamped(ALLOW, "c 1:3 rwm", "", ""));
    }

    @Test
    void restrictTo_anotherRuleIsThereAlone_isTold() throws Exception {
        files.onWrite(ALLOW, value -> {
            files.with(LIST, "c 5:0 rwm");
            return "";
        });

        assertThat(DevicesController.of(files).restrictTo(WANTED))
                .contains(new KnobOutcome.Clamped(ALLOW, "c 1:3 rwm", "", "c 5:0 rwm"));
    }

    @Test
    void restrictTo_v2_isUnsupportedWithTheReason() throws Exception {
        DevicesController v2 = DevicesController.of(FakeControlFiles.of(CgroupVersion.V2));

        assertThat(v2.restrictTo(WANTED))
                .singleElement()
                .isInstanceOfSatisfying(KnobOutcome.Unsupported.class, outcome -> assertThat(outcome.reason())
                        .contains("eBPF program"));
        assertThat(v2.allowed()).isEmpty();
    }

    @Test
    void restrictTo_noSuchFile_isUnsupported() throws Exception {
        assertThat(DevicesController.of(FakeControlFiles.of(CgroupVersion.V1)).restrictTo(WANTED))
                .singleElement()
                .isInstanceOf(KnobOutcome.Unsupported.class);
    }

    @Test
    void allowed_lineThatIsNoRule_failsAndNamesIt() {
        files.with(LIST, "c 1:3 rwm\nx");

        assertThatThrownBy(() -> DevicesController.of(files).allowed())
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContainingAll(LIST, "'x'");
    }

    @Test
    void restrictTo_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> DevicesController.of(files).restrictTo(WANTED)).isInstanceOf(ErrnoException.class);
    }
}
