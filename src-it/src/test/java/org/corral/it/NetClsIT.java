package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Classes of network packets, which v1 alone has. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.V1_NET_CLS})
class NetClsIT {

    private static CorralOptions twoHandles(CorralOptions options) {
        return options.withIsolation(Isolation.parse("cgroups/net_cls"))
                .withIsolatorOptions(List.of(
                        new IsolatorOption("cgroups/net_cls", "primary", "0x10"),
                        new IsolatorOption("cgroups/net_cls", "secondary", "1-2")));
    }

    private static String classId(Host host, ContainerId id) throws IOException {
        return Files.readString(host.cgroup(id, "net_cls").resolve("net_cls.classid"))
                .strip();
    }

    @Test
    @MesosBehaviour(88)
    void containers_haveClassesOfTheirOwn_untilThereAreNoneLeft(TestRoot root) throws Exception {
        try (Host host = Host.open(root, NetClsIT::twoHandles)) {
            ContainerId first = host.launch("first", Host.command("sleep", "1000"));
            ContainerId second = host.launch("second", Host.command("sleep", "1000"));
            assertThat(classId(host, first)).isEqualTo("1048577");
            assertThat(classId(host, second)).isEqualTo("1048578");
            assertThat(host.containers().status(first).details()).isEqualTo(Map.of("net_cls.classid", "0x100001"));

            assertThatThrownBy(() -> host.launch("third", Host.command("sleep", "1000")))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("all 2 handles");
            host.destroy(first);
            ContainerId third = host.launch("third", Host.command("sleep", "1000"));
            assertThat(classId(host, third)).isEqualTo("1048577");
        }
    }

    @Test
    @MesosBehaviour(88)
    void anotherAgent_seesTheClassesThatAreTaken(TestRoot root) throws Exception {
        try (Host host = Host.open(root, NetClsIT::twoHandles);
                Corral other = Corral.open(Linux.ofThisHost(), twoHandles(Host.options(root)))) {
            ContainerId first = host.launch("first", Host.command("sleep", "1000"));
            try (ForeignContainer seen = other.attach(first).orElseThrow()) {
                assertThat(seen.details()).containsEntry("net_cls.classid", "0x100001");
            }
            ContainerId second = ContainerId.of("second");
            other.containerizer().launch(second, Host.command("sleep", "1000").build());
            assertThat(classId(host, second)).isEqualTo("1048578");
            Host.await(other.containerizer().destroy(second));
        }
    }
}
