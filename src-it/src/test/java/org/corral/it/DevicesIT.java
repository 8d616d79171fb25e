package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.controller.DeviceRule;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Devices that a container may use: by files on v1, not to be had on v2. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.PIDS})
class DevicesIT {

    /** A device that every kernel has, and that is on no list. */
    private static final String OPEN_KMSG = "exec 3</dev/kmsg && echo opened";

    private static Host open(TestRoot root, String isolation, IsolatorOption... options) throws IOException {
        return Host.open(
                root, chosen -> chosen.withIsolation(Isolation.parse(isolation)).withIsolatorOptions(List.of(options)));
    }

    @Test
    @Requires(Need.V1_DEVICES)
    @MesosBehaviour(89)
    void deviceNotOnTheList_cannotBeOpened(TestRoot root) throws Exception {
        try (Host host = open(root, "cgroups/pids")) {
            host.run("free", Host.shell(OPEN_KMSG));
            assertThat(host.output("free")).isEqualTo("opened\n");
        }
        try (Host host = open(root, "cgroups/devices")) {
            Termination end = host.run("bound", Host.shell(OPEN_KMSG));
            assertThat(end.status()).isNotEqualTo(Optional.of(new ExitStatus.Exited(0)));
            assertThat(host.output("bound")).contains("Operation not permitted");
        }
    }

    @Test
    @Requires(Need.V1_DEVICES)
    void devicesOnTheList_work(TestRoot root) throws Exception {
        try (Host host = open(root, "cgroups/devices")) {
            String script =
                    """
                    set -e
                    echo x >/dev/null
                    head -c 4 /dev/zero >/dev/null
                    head -c 4 /dev/urandom >/dev/null
                    exec 3<>/dev/ptmx
                    mknod "$0" c 1 11
                    echo done
                    """;
            String node = host.scratch("node").toString();
            host.run("usual", Host.command("sh", "-c", script, node));
            assertThat(host.output("usual")).isEqualTo("done\n");
            assertThat(Files.exists(host.scratch("node"))).isTrue();
        }
    }

    @Test
    @Requires(Need.V1_DEVICES)
    @MesosBehaviour(89)
    void deviceAllowedToBeRead_cannotBeWritten(TestRoot root) throws Exception {
        IsolatorOption option = new IsolatorOption("cgroups/devices", "allow", "c 1:11 r");
        try (Host host = open(root, "cgroups/devices", option)) {
            host.run("reads", Host.shell(OPEN_KMSG));
            assertThat(host.output("reads")).isEqualTo("opened\n");
            host.run("writes", Host.shell("exec 3>/dev/kmsg && echo opened"));
            assertThat(host.output("writes")).contains("Operation not permitted");
        }
    }

    @Test
    @Requires(Need.V2_ALONE)
    @MesosBehaviour(89)
    void byName_v2_refusedWithTheReason(TestRoot root) {
        assertThatThrownBy(() -> open(root, "cgroups/devices"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cgroups/devices cannot be used")
                .hasMessageContaining("eBPF program");
        assertThatThrownBy(() -> open(root, "cgroups/net_cls"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cgroup v2 has no such controller");
    }

    @Test
    @MesosBehaviour(84)
    void allOfCgroups_onAnyHost_isInEveryHierarchyWithAController(TestRoot root) throws Exception {
        try (Host host = open(root, "cgroups/all")) {
            assertThat(host.corral().containment().names())
                    .contains("cgroups/pids")
                    .doesNotContain("cgroups/all");
            ContainerId id = host.launch("all", Host.command("sleep", "1000"));
            for (Hierarchy hierarchy : host.corral().layout().boundHierarchies()) {
                Path top = hierarchy.mountPoint().resolve(root.cgroup().substring(1));
                assertThat(top.resolve("all").resolve("cgroup.procs")).hasContent(String.valueOf(host.pid(id)));
            }
        }
    }

    @Test
    @MesosBehaviour(89)
    void rule_text_isParsedOrRefused() {
        for (String rule : List.of("c 1:3 rwm", "b 8:* r", "c *:* m")) {
            assertThat(DeviceRule.parse(rule)).hasToString(rule);
        }
        for (String none : List.of("", "x 1:3 r", "c 1 r", "c 1:3", "c 1:3 x", "c a:3 r")) {
            assertThatIllegalArgumentException().as(none).isThrownBy(() -> DeviceRule.parse(none));
        }
    }
}
