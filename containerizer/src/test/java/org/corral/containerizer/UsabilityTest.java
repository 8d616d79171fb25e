package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.linux.Feature;
import org.corral.linux.FeatureStatus;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsabilityTest {

    private static final String ALL = "cgroups/cpu,cgroups/mem,cgroups/pids";
    private static final String MORE = ALL + ",cgroups/cpuset,cgroups/blkio,cgroups/hugetlb";

    @TempDir
    Path directory;

    private final List<String> remarks = new ArrayList<>();
    private final Set<Feature> absent = EnumSet.noneOf(Feature.class);

    private FeatureStatus status(Feature feature) {
        return new FeatureStatus(feature, absent.contains(feature) ? Optional.of("EPERM") : Optional.empty());
    }

    private Usability of(String fixture) throws Exception {
        return new Usability(
                LayoutDiscovery.discover(LayoutFixture.of(fixture, directory).linux()),
                "/corral",
                IsolatorRegistry.builtIn(),
                this::status);
    }

    private Usability withMemoryAt(Path mountPoint, boolean writable) {
        Hierarchy memory = new Hierarchy(CgroupVersion.V1, mountPoint, "/", Set.of(Controller.MEMORY), writable, "");
        return new Usability(
                new CgroupLayout(List.of(memory), Map.of(Controller.MEMORY, memory), Map.of()),
                "/a/b",
                IsolatorRegistry.builtIn(),
                this::status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-co-mounted-almalinux8", "v2-ubuntu2404"})
    void best_everyController_isCgroupsWithoutRemark(String fixture) throws Exception {
        assertThat(of(fixture).best(remarks)).isEqualTo(Isolation.parse(MORE));
        assertThat(remarks).isEmpty();
    }

    @Test
    void obstacle_kernelFeatureMissing_namesItAndSinceWhen() throws Exception {
        absent.add(Feature.PROC_PIDNS);
        Usability usability = of("v2-ubuntu2404");

        assertThat(usability.obstacle(Isolation.parse("namespaces/uts,namespaces/pid")))
                .hasValue("namespaces/pid cannot be used, it needs PROC_PIDNS (Linux 6.17, as root): EPERM");
        assertThat(usability.obstacle(Isolation.parse("namespaces/uts"))).isEmpty();
    }

    @Test
    void best_controllersThatFewAskFor_areLeftOutSilently() {
        Isolation best = withMemoryAt(directory, true).best(remarks);

        assertThat(best).isEqualTo(Isolation.parse("cgroups/mem,posix/cpu"));
        assertThat(remarks).hasSize(2).noneMatch(remark -> remark.matches("cgroups/(cpuset|blkio|hugetlb).*"));
    }

    @Test
    void best_memoryDisabled_measuresItAndSaysWhy() throws Exception {
        Isolation best = of("v1-memory-disabled-raspbian10").best(remarks);

        assertThat(best.names()).contains("cgroups/cpu", "posix/mem").doesNotContain("cgroups/mem");
        assertThat(remarks).anyMatch(remark -> remark.startsWith("cgroups/mem cannot be used"));
    }

    @Test
    void best_noCgroups_measuresAndSaysSo() throws Exception {
        assertThat(of("empty-mountinfo").best(remarks)).isEqualTo(Isolation.parse("posix/cpu,posix/mem"));
        assertThat(remarks).singleElement().asString().contains("not enforced", "no cgroup hierarchy");
    }

    @Test
    void best_readOnlyMount_measuresAndSaysSo() {
        assertThat(withMemoryAt(directory, false).best(remarks)).isEqualTo(Isolation.parse("posix/cpu,posix/mem"));
        assertThat(remarks).singleElement().asString().contains(directory.toString(), "read-only");
    }

    @Test
    void obstacle_allThere_isNone() throws Exception {
        assertThat(of("v1-co-mounted-almalinux8").obstacle(Isolation.parse(ALL)))
                .isEmpty();
    }

    @Test
    void obstacle_controllerMissing_namesIt() throws Exception {
        assertThat(of("v1-memory-disabled-raspbian10").obstacle(Isolation.parse("cgroups/mem")))
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("cgroups/mem", "memory"));
    }

    @Test
    void obstacle_noControllerOnTheVersion_namesIt() throws Exception {
        assertThat(withMemoryAt(directory, true).obstacle(Isolation.parse("cgroups/mem,cgroups/delegate")))
                .hasValue("cgroups/delegate cannot be used: no controller is bound to cgroup V2");
        assertThat(of("v2-ubuntu2404").obstacle(Isolation.parse("cgroups/delegate")))
                .isEmpty();
    }

    @Test
    void obstacle_noCgroupsUsed_asksForNone() throws Exception {
        Usability without = of("empty-mountinfo");

        assertThat(without.obstacle(Isolation.parse("posix/cpu"))).isEmpty();
        assertThat(without.obstacle(IsolatorRegistry.builtIn().get("cgroups/pids")))
                .isPresent();
    }

    @Test
    void obstacle_rootNotThereYet_looksAtWhatIsAboveIt() {
        assertThat(withMemoryAt(directory, true).obstacle(Isolation.parse("cgroups/mem")))
                .isEmpty();
    }
}
