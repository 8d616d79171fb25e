package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.OfferedIsolator;
import org.corral.linux.Feature;
import org.corral.linux.FeatureStatus;
import org.junit.jupiter.api.Test;

class HostFactsTest {

    private static final Hierarchy CPU = new Hierarchy(
            CgroupVersion.V1,
            Path.of("/sys/fs/cgroup/cpu"),
            "/a",
            Set.of(Controller.CPUACCT, Controller.CPU),
            false,
            "");
    private static final Hierarchy SYSTEMD =
            new Hierarchy(CgroupVersion.V1, Path.of("/sys/fs/cgroup/systemd"), "/", Set.of(), true, "systemd");
    private static final HostFacts FACTS = new HostFacts(
            new CgroupLayout(
                    List.of(CPU, SYSTEMD),
                    Map.of(Controller.CPU, CPU),
                    Map.of(Controller.MEMORY, "was disabled at boot"),
                    List.of("/mnt: gone")),
            new CgroupRoot("/corral", Optional.empty()),
            Path.of("/run/corral"),
            List.of("cgroups/cpu", "posix/mem"),
            List.of("memory is not limited"),
            List.of(
                    new FeatureStatus(Feature.OPENAT2, Optional.empty()),
                    new FeatureStatus(Feature.PSI, Optional.of("ENOENT"))),
            List.of(
                    new OfferedIsolator("cgroups/cpu", Optional.empty(), Optional.empty()),
                    new OfferedIsolator("acme/x", Optional.of("it cannot be used"), Optional.of("com.acme.X"))));

    @Test
    void text_host_aSectionForEverything() {
        assertThat(HostFactsText.text(FACTS))
                .startsWith(
                        """
                        Isolation  cgroups/cpu,posix/mem
                        Root       /corral
                        State in   /run/corral

                        Remarks
                          memory is not limited

                        Hierarchies
                          VERSION  MOUNT POINT             OWN PATH  MODE  CONTROLLERS
                          v1       /sys/fs/cgroup/cpu      /a        ro    cpu,cpuacct
                          v1       /sys/fs/cgroup/systemd  /         rw    name=systemd

                        Controllers
                          CONTROLLER  VERSION  BOUND TO
                          cpu         v1       /sys/fs/cgroup/cpu
                        """)
                .contains("  memory      -        unavailable: was disabled at boot\n")
                .endsWith(
                        """

                        Ignored mounts
                          /mnt: gone

                        Kernel features
                          FEATURE  STATUS
                          openat2  available
                          psi      missing: ENOENT

                        Isolators
                          ISOLATOR     STATUS
                          cgroups/cpu  available
                          acme/x       it cannot be used, from com.acme.X
                        """);
    }

    @Test
    void text_noCgroupsAndNothingToRemark_saysSoAndLeavesSectionsOut() {
        HostFacts bare = new HostFacts(
                new CgroupLayout(List.of(), Map.of(), Map.of()),
                FACTS.root(),
                FACTS.runtimeDirectory(),
                FACTS.isolation(),
                List.of(),
                FACTS.features(),
                FACTS.isolators());
        assertThat(HostFactsText.text(bare))
                .contains("Hierarchies\n  none is mounted\n")
                .doesNotContain("Remarks", "Ignored");
    }

    @Test
    void json_host_sameFacts() throws IOException {
        assertThat(HostFactsJson.text(FACTS))
                .startsWith(
                        """
                        {
                          "isolation" : [ "cgroups/cpu", "posix/mem" ],
                          "remarks" : [ "memory is not limited" ],
                          "root" : "/corral",
                          "runtimeDirectory" : "/run/corral",
                          "hierarchies" : [ {
                            "version" : 1,
                            "mountPoint" : "/sys/fs/cgroup/cpu",
                            "ownPath" : "/a",
                            "controllers" : [ "cpu", "cpuacct" ],
                            "writable" : false,
                            "name" : null
                          }, {
                        """)
                .contains(
                        """
                            "name" : "memory",
                            "version" : null,
                            "mountPoint" : null,
                            "reason" : "was disabled at boot"
                        """)
                .endsWith(
                        """
                          "ignoredMounts" : [ "/mnt: gone" ],
                          "features" : [ {
                            "name" : "openat2",
                            "available" : true,
                            "reason" : null
                          }, {
                            "name" : "psi",
                            "available" : false,
                            "reason" : "ENOENT"
                          } ],
                          "isolators" : [ {
                            "name" : "cgroups/cpu",
                            "available" : true,
                            "reason" : null,
                            "provider" : null
                          }, {
                            "name" : "acme/x",
                            "available" : false,
                            "reason" : "it cannot be used",
                            "provider" : "com.acme.X"
                          } ]
                        }
                        """);
    }
}
