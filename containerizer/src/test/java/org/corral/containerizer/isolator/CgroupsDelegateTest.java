package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.Syscalls;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupsDelegateTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path root;

    private FakeLinux kernel;
    private FakeHierarchy unified;
    private ContainerCgroups cgroups;

    @BeforeEach
    void make() throws IOException {
        kernel = new FakeLinux(root);
        unified = kernel.mountV2(Controller.CPU, Controller.MEMORY);
        cgroups = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
        cgroups.create(ID);
    }

    private CgroupsDelegate isolator(Map<String, String> options) {
        Linux fake = kernel.linux();
        Linux withAccounts = new Linux(
                new Syscalls(
                        fake.files(),
                        fake.events(),
                        fake.processes(),
                        new Alice(),
                        fake.namespaces(),
                        fake.syscalls().buffers()),
                fake.root());
        return new CgroupsDelegate(withAccounts, cgroups, options);
    }

    private static LaunchRequest requestOf(String user) {
        return LaunchRequest.builder(List.of("x")).user(user).build();
    }

    private FakeCgroup cgroup() {
        return unified.at("/corral/c");
    }

    @Test
    void prepare_user_getsTheCgroup() throws Exception {
        assertThat(isolator(Map.of()).prepare(ID, requestOf("alice"))).isEqualTo(Contribution.NONE);

        assertThat(cgroup().owners()).containsEntry(".", "1000:1001").doesNotContainKey("memory.max");
        assertThat(cgroup().file("cgroup.max.descendants")).isEqualTo("1000");
    }

    @Test
    void prepare_optionDescendants_isTheMost() throws Exception {
        isolator(Map.of("descendants", "3")).prepare(ID, requestOf("alice"));

        assertThat(cgroup().file("cgroup.max.descendants")).isEqualTo("3");
    }

    @Test
    void prepare_theAgentsOwnUserOrNone_nothingIsGivenAway() throws Exception {
        isolator(Map.of()).prepare(ID, requestOf("root"));
        isolator(Map.of()).prepare(ID, LaunchRequest.builder(List.of("x")).build());

        assertThat(cgroup().owners()).isEmpty();
        assertThat(cgroup().file("cgroup.max.descendants")).isEqualTo("max");
    }

    @Test
    void prepare_unknownUser_isRefused() {
        assertThatThrownBy(() -> isolator(Map.of()).prepare(ID, requestOf("bob")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'bob' is unknown");
    }

    @Test
    void prepare_kernelRefuses_namesContainerAndUser() {
        kernel.calls().failNext("fchown", "", Errno.EPERM);

        assertThatThrownBy(() -> isolator(Map.of()).prepare(ID, requestOf("alice")))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("container c", "1000:1001", "EPERM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "many", "100000", "1.5"})
    void make_badDescendants_refusedWithTheRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> isolator(Map.of("descendants", text)))
                .withMessageContainingAll("cgroups/delegate:descendants '" + text + "'", "1 to 99999");
    }

    private static final class Alice implements AccountCalls {
        @Override
        public Optional<Account> byName(String name) {
            return switch (name) {
                case "alice" -> Optional.of(new Account("alice", 1000, 1001, "/", "/bin/sh"));
                case "root" -> Optional.of(new Account("root", 0, 0, "/", "/bin/sh"));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Account> byId(int uid) {
            return Optional.empty();
        }

        @Override
        public OptionalInt groupByName(String name) {
            return OptionalInt.empty();
        }
    }
}
