package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.RootLockedException;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.NestedContainerException;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, and without cgroups: what any user can do. */
@Timeout(120)
class CorralTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private CorralOptions options;

    @BeforeEach
    void choosePosix() {
        options = CorralOptions.defaults(directory.resolve("corral"))
                .withRoot("/corral-unit-test")
                .withIsolation(Isolation.parse("posix/cpu,posix/mem"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
        assertThat(directory.resolve("corral")).doesNotExist();
    }

    private static LaunchRequest shell(String script) {
        return LaunchRequest.builder(List.of("/bin/sh", "-c", script))
                .stdio(Stdio.DISCARD, Stdio.INHERIT, Stdio.INHERIT)
                .build();
    }

    private static Optional<Termination> endOf(Containerizer containers) throws Exception {
        return containers.wait(ID).toCompletableFuture().get();
    }

    @Test
    void open_layoutOfNoController_isThatAndCgroupsAreNotToBeHad() throws Exception {
        CgroupLayout none = LayoutDiscovery.discover(kernel.linux()).only(Set.of());

        try (Corral corral = Corral.open(kernel.linux(), options, none)) {
            assertThat(corral.layout().bindings()).isEmpty();
        }
        CorralOptions cgroups = options.withIsolation(Isolation.parse("cgroups/cpu"));
        assertThatThrownBy(() -> Corral.open(kernel.linux(), cgroups, none))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cgroups/cpu cannot be used: controller cpu");
    }

    @Test
    void launch_shortCommand_endsWithItsCodeAndUse() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            Containerizer containers = corral.containerizer();

            assertThat(containers.launch(ID, shell("exit 3"))).isEqualTo(LaunchOutcome.LAUNCHED);

            assertThat(endOf(containers)).hasValueSatisfying(end -> {
                assertThat(end.reason()).isEqualTo(TerminationReason.EXITED);
                assertThat(end.status()).contains(new ExitStatus.Exited(3));
                assertThat(end.usage().cpu()).isPresent();
            });
            assertThat(corral.list()).isEmpty();
        }
    }

    @Test
    void destroy_runningCommand_leavesNothing() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            Containerizer containers = corral.containerizer();
            containers.launch(ID, shell("exec sleep 1000"));
            assertThat(corral.list()).singleElement().satisfies(written -> assertThat(written.id())
                    .isEqualTo(ID));

            Optional<Termination> end =
                    containers.destroy(ID).toCompletableFuture().get();

            assertThat(end.orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(end.orElseThrow().status()).contains(new ExitStatus.Signaled(9));
        }
    }

    @Test
    void attach_fromAnotherTerminal_steersTheContainer() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options);
                Corral other = Corral.open(kernel.linux(), options.shared())) {
            Containerizer containers = corral.containerizer();
            containers.launch(ID, shell("exec sleep 1000"));
            CompletableFuture<Optional<Termination>> end = containers.wait(ID).toCompletableFuture();

            ForeignContainer container = other.attach(ID).orElseThrow();
            assertThat(container.usage().memory()).isPresent();
            assertThat(other.containerizer().launch(ID, shell("true"))).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
            container.destroy();

            assertThat(end.get().orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
            assertThat(other.attach(ID)).isEmpty();
        }
    }

    @Test
    void close_runningContainer_goesOnFailsItsWaitersAndIsFoundByTheNext() throws Exception {
        CompletableFuture<Optional<Termination>> end;
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            corral.containerizer().launch(ID, shell("exec sleep 1000"));
            end = corral.containerizer().wait(ID).toCompletableFuture();
        }

        assertThatThrownBy(end::get).hasMessageContaining("poller was closed");
        try (Corral next = Corral.open(kernel.linux(), options)) {
            assertThat(next.list()).hasSize(1);
            assertThat(next.containerizer().recover()).containsExactly(ID);
            Optional<Termination> found =
                    next.containerizer().destroy(ID).toCompletableFuture().get();
            assertThat(found.orElseThrow().reason()).isEqualTo(TerminationReason.DESTROYED);
        }
    }

    @Test
    void open_anotherExclusiveAgent_isRefusedUntilThatIsClosed() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            assertThatThrownBy(() -> Corral.open(kernel.linux(), options))
                    .isInstanceOf(RootLockedException.class)
                    .hasMessageContaining("corral-unit-test");
            Corral.open(kernel.linux(), options.withRoot("/corral-unit-other")).close();
            assertThat(corral.list()).isEmpty();
        }
        Corral.open(kernel.linux(), options).close();
    }

    @Test
    void recover_sharedBesideAnExclusiveAgent_isRefusedAndLaunchesAreNot() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options);
                Corral other = Corral.open(kernel.linux(), options.shared())) {
            assertThatThrownBy(() -> other.containerizer().recover()).isInstanceOf(RootLockedException.class);
            other.containerizer().launch(ID, shell("exec sleep 1000"));

            assertThat(corral.containerizer().recover()).isEmpty();
            assertThat(corral.containerizer().containers()).isEmpty();

            other.containerizer().destroy(ID).toCompletableFuture().get();
        }
    }

    @Test
    void attach_nestedId_refused() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            assertThatThrownBy(() -> corral.attach(ID.child("inner")))
                    .isInstanceOf(NestedContainerException.class)
                    .hasMessageContaining("c/inner");
        }
    }

    @Test
    void internalProcesses_noCgroupsUsed_empty() throws Exception {
        try (Corral corral = Corral.open(kernel.linux(), options)) {
            assertThat(corral.internalProcesses()).isEmpty();
        }
    }

    @Test
    void open_noDescriptors_throws() {
        kernel.fail("eventFd", Errno.EMFILE);

        assertThatThrownBy(() -> Corral.open(kernel.linux(), options)).hasMessageContaining("EMFILE");
    }

    @Test
    void open_optionThatCannotBeUsed_leavesNoThreadNorDescriptor() {
        assertThatThrownBy(() -> Corral.open(kernel.linux(), options.withRoot("relative")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void open_isolationThatIsNotToBeHad_saysWhy() {
        Linux empty = kernel.linux(directory);

        assertThatThrownBy(() -> Corral.open(empty, options)).isInstanceOf(IOException.class);
    }
}
