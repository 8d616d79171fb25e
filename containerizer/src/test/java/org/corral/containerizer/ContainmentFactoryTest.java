package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.containerizer.isolator.PollTimer;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.state.StateStore;
import org.corral.core.isolator.Isolator;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.corral.testing.FaultyLinux;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainmentFactoryTest {

    private static final CgroupRoot ROOT = new CgroupRoot("/corral", Optional.empty());

    @TempDir
    Path directory;

    private final Linux linux = new FaultyLinux().linux();
    private final PollTimer timer = new PollTimer();
    private Poller poller;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(linux);
    }

    @AfterEach
    void stop() {
        poller.close();
        timer.close();
    }

    private ContainmentFactory factory(String fixture, IsolatorOption... options) throws IOException {
        return new ContainmentFactory(
                linux,
                poller,
                timer,
                new StateStore(directory.resolve("state")),
                LayoutDiscovery.discover(
                        LayoutFixture.of(fixture, directory.resolve("root")).linux()),
                IsolatorRegistry.builtIn(),
                CorralOptions.defaults(directory).withIsolatorOptions(List.of(options)),
                event -> {});
    }

    @Test
    void choose_autoWithCgroups_putsTheMembershipFirst() throws Exception {
        Containment chosen = factory("v1-co-mounted-almalinux8").choose(ROOT, Isolation.AUTO);

        assertThat(chosen.launcher().name()).isEqualTo("cgroups");
        assertThat(chosen.isolators())
                .extracting(Isolator::name)
                .containsExactly(
                        "cgroups/membership",
                        "cgroups/cpu",
                        "cgroups/mem",
                        "cgroups/pids",
                        "cgroups/cpuset",
                        "cgroups/blkio",
                        "cgroups/hugetlb",
                        "posix/rlimits");
        assertThat(chosen.names())
                .containsExactly(
                        "cgroups/cpu",
                        "cgroups/mem",
                        "cgroups/pids",
                        "cgroups/cpuset",
                        "cgroups/blkio",
                        "cgroups/hugetlb");
        assertThat(chosen.root()).isEqualTo("/corral");
        assertThat(chosen.remarks()).isEmpty();
    }

    @Test
    void choose_autoWithoutCgroups_isPosixWithARemark() throws Exception {
        Containment chosen = factory("empty-mountinfo").choose(ROOT, Isolation.AUTO);

        assertThat(chosen.launcher().name()).isEqualTo("posix");
        assertThat(chosen.isolators())
                .extracting(Isolator::name)
                .containsExactly("posix/cpu", "posix/mem", "posix/rlimits");
        assertThat(chosen.root()).isEmpty();
        assertThat(chosen.remarks()).hasSize(1);
    }

    @Test
    void choose_autoAndAName_hasBoth() throws Exception {
        ContainmentFactory any = factory("v1-co-mounted-almalinux8");

        assertThat(any.choose(ROOT, Isolation.parse("auto,disk/du,posix/mem")).names())
                .contains("cgroups/cpu", "disk/du", "posix/mem")
                .doesNotContain("cgroups/mem");
        assertThat(any.choose(ROOT, Isolation.parse("auto,cgroups/all")).names())
                .contains("cgroups/mem", "cgroups/devices")
                .doesNotHaveDuplicates();
    }

    @Test
    void choose_mixed_usesCgroupsForTheProcesses() throws Exception {
        Containment chosen = factory("v1-co-mounted-almalinux8").choose(ROOT, Isolation.parse("posix/cpu,cgroups/mem"));

        assertThat(chosen.launcher().name()).isEqualTo("cgroups");
        assertThat(chosen.isolators())
                .extracting(Isolator::name)
                .containsExactly("cgroups/membership", "posix/cpu", "cgroups/mem", "posix/rlimits");
    }

    @Test
    void choose_byNameWhatIsNotThere_saysWhy() throws Exception {
        ContainmentFactory without = factory("v1-memory-disabled-raspbian10");

        assertThatThrownBy(() -> without.choose(ROOT, Isolation.parse("cgroups/mem")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cgroups/mem cannot be used");
    }

    @Test
    void choose_unknownName_listsThoseThereAre() throws Exception {
        ContainmentFactory any = factory("v1-co-mounted-almalinux8");

        assertThatThrownBy(() -> any.choose(ROOT, Isolation.parse("acme/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'acme/x' is unknown")
                .hasMessageContaining("cgroups/pids");
    }

    @Test
    void choose_rlimitsByName_areThereOnce() throws Exception {
        Containment chosen = factory("empty-mountinfo").choose(ROOT, Isolation.parse("posix/rlimits,posix/cpu"));

        assertThat(chosen.isolators()).extracting(Isolator::name).containsExactly("posix/rlimits", "posix/cpu");
    }

    @Test
    void choose_allOfCgroups_areThoseThatThisHostHas() throws Exception {
        Containment chosen = factory("v1-memory-disabled-raspbian10")
                .choose(ROOT, Isolation.parse("posix/mem,cgroups/all,cgroups/pids"));

        assertThat(chosen.names())
                .startsWith("posix/mem", "cgroups/cpu", "cgroups/pids")
                .doesNotContain("cgroups/mem", "cgroups/all")
                .doesNotHaveDuplicates();
        assertThat(chosen.remarks()).containsExactly("isolation 'cgroups/pids' has no effect beside cgroups/all");
    }

    @Test
    void choose_allOfCgroups_delegatesOnlyWhereThatIsAskedFor() throws Exception {
        ContainmentFactory any = factory("v2-ubuntu2404");

        assertThat(any.choose(ROOT, Isolation.parse("cgroups/all")).names()).doesNotContain("cgroups/delegate");
        Containment both = any.choose(ROOT, Isolation.parse("cgroups/all,cgroups/delegate"));
        assertThat(both.names()).contains("cgroups/mem").endsWith("cgroups/delegate");
        assertThat(both.remarks()).isEmpty();
    }

    @Test
    void choose_allOfCgroupsAndOneOfPosix_areTwoOfAKind() throws Exception {
        ContainmentFactory any = factory("v1-co-mounted-almalinux8");

        assertThatThrownBy(() -> any.choose(ROOT, Isolation.parse("cgroups/all,posix/cpu")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'posix/cpu' is the second of its kind");
    }

    @Test
    void choose_allOfCgroupsWhereThereAreNone_saysWhy() throws Exception {
        ContainmentFactory none = factory("empty-mountinfo");

        assertThatThrownBy(() -> none.choose(ROOT, Isolation.parse("cgroups/all")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cgroups/all cannot be used");
    }

    @Test
    void choose_optionOfAnIsolatorNotChosen_isRemarked() throws Exception {
        IsolatorOption option = new IsolatorOption("cgroups/mem", "x", "1");

        assertThat(factory("empty-mountinfo", option)
                        .choose(ROOT, Isolation.parse("posix/cpu"))
                        .remarks())
                .containsExactly("isolator option cgroups/mem:x has no effect: the isolation is posix/cpu");
    }

    @Test
    void offered_everyIsolator_withWhatIsInItsWay() throws Exception {
        List<OfferedIsolator> offered = factory("v1-memory-disabled-raspbian10").offered(ROOT);

        assertThat(offered)
                .extracting(OfferedIsolator::name)
                .containsExactlyElementsOf(IsolatorRegistry.builtIn().names());
        assertThat(offered)
                .filteredOn(isolator -> isolator.obstacle().isPresent())
                .extracting(OfferedIsolator::name)
                .contains("cgroups/mem")
                .doesNotContain("cgroups/cpu", "posix/mem", "cgroups/all");
    }

    @Test
    void choose_rootWithAWarning_passesItOn() throws Exception {
        CgroupRoot warned = new CgroupRoot("/corral", Optional.of("use Delegate=yes"));

        assertThat(factory("v1-co-mounted-almalinux8")
                        .choose(warned, Isolation.AUTO)
                        .remarks())
                .containsExactly("use Delegate=yes");
    }
}
