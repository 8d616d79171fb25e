package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.state.Checkpoint;
import org.corral.core.Resources;
import org.junit.jupiter.api.Test;

/** Containers that were launched with other isolators than the next agent has. */
class RecoveryDriftTest extends RecoveryFixture {

    @Test
    void recover_isolatorFails_isTakenOverWithoutIt() throws Exception {
        writtenDown(checkpoint(ID, DEAD_AGENT, Optional.of(INIT)));
        host.script.fail("a.recover", new IOException("its controller is gone"));
        host.script.fail("b.recover", new IllegalStateException("bug"));

        assertThat(containerizer.recover()).containsExactly(ID);
    }

    @Test
    void recover_isolatorAddedSince_neverMeetsTheContainer() throws Exception {
        writtenDown(withIsolation(List.of("b")));

        assertThat(containerizer.recover()).containsExactly(ID);
        containerizer.update(ID, Resources.NONE);
        containerizer.usage(ID);
        containerizer.destroy(ID).toCompletableFuture().get();

        assertThat(host.script.steps())
                .contains("b.recover", "b.update", "b.usage", "b.cleanup")
                .noneMatch(step -> step.startsWith("a."));
        containerizer.launch(ID, REQUEST);
        assertThat(host.script.steps()).as("a new container of that id").contains("a.prepare");
    }

    @Test
    void recover_isolatorLeftOutSince_isNotMissed() throws Exception {
        writtenDown(withIsolation(List.of("a", "b", "gone")));

        assertThat(containerizer.recover()).containsExactly(ID);
        assertThat(host.script.steps()).containsExactly("launcher.recover", "a.recover", "b.recover");
    }

    @Test
    void recover_madeWithoutCgroups_isGivenItsOwnLauncher() throws Exception {
        Checkpoint posix = withIsolation(List.of("c"));
        writtenDown(new Checkpoint(
                posix.version(),
                ID,
                posix.bootId(),
                posix.owner(),
                posix.init(),
                "",
                posix.isolation(),
                posix.resources(),
                posix.command(),
                posix.directory(),
                posix.launchedAt(),
                false,
                Optional.empty()));
        Script others = new Script();
        ScriptedLauncher launcher = new ScriptedLauncher(others);
        Containment posixContainment =
                new Containment(launcher, List.of(new ScriptedIsolator("c", others)), List.of("c"), "", List.of());
        containerizer = host.containerizer(names -> posixContainment);

        assertThat(containerizer.recover()).containsExactly(ID);
        containerizer.destroy(ID).toCompletableFuture().get();

        assertThat(others.steps()).startsWith("launcher.recover", "c.recover").contains("launcher.destroy");
        assertThat(host.script.steps()).isEmpty();
        containerizer.launch(ID, REQUEST);
        assertThat(host.script.steps()).contains("fork");
    }

    private static Checkpoint withIsolation(List<String> names) {
        Checkpoint usual = checkpoint(ID, DEAD_AGENT, Optional.of(INIT));
        return new Checkpoint(
                usual.version(),
                usual.id(),
                usual.bootId(),
                usual.owner(),
                usual.init(),
                usual.root(),
                names,
                usual.resources(),
                usual.command(),
                usual.directory(),
                usual.launchedAt(),
                false,
                Optional.empty());
    }
}
