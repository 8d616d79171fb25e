package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
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
    void allOfCgroups_onAnyHost_runs(TestRoot root) throws Exception {
        try (Host host = open(root, "cgroups/all")) {
            assertThat(host.corral().containment().names())
                    .contains("cgroups/pids")
                    .doesNotContain("cgroups/all");
            assertThat(host.run("all", Host.shell("echo in all")).status()).hasValue(new ExitStatus.Exited(0));
            assertThat(host.output("all")).isEqualTo("in all\n");
        }
    }
}
