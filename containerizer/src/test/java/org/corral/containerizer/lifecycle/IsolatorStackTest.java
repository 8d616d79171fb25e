package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Rlimit;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.ContributionConflictException;
import org.corral.core.isolator.Namespace;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;

class IsolatorStackTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final LaunchRequest REQUEST = LaunchRequest.builder(List.of("/bin/true"))
            .environment(Map.of("PATH", "/bin", "OWN", "request"))
            .build();

    private final Script script = new Script();
    private final ScriptedIsolator a = new ScriptedIsolator("a", script);
    private final ScriptedIsolator b = new ScriptedIsolator("b", script);
    private final ScriptedIsolator c = new ScriptedIsolator("c", script);
    private final IsolatorStack stack = new IsolatorStack(List.of(a, b, c));

    @Test
    void calls_severalIsolators_goForwards() throws Exception {
        stack.recover(new RecoveredContainer(ID, OptionalInt.empty(), Resources.NONE));
        stack.prepare(ID, REQUEST);
        stack.isolate(ID, 7);
        stack.update(ID, ResourceUpdate.to(Resources.NONE));

        assertThat(script.steps())
                .containsExactly(
                        "a.recover",
                        "b.recover",
                        "c.recover",
                        "a.prepare",
                        "b.prepare",
                        "c.prepare",
                        "a.isolate",
                        "b.isolate",
                        "c.isolate",
                        "a.update",
                        "b.update",
                        "c.update");
    }

    @Test
    void prepare_oneFails_doesNotAskTheNext() {
        script.fail("b.prepare", new IOException("no"));

        assertThatThrownBy(() -> stack.prepare(ID, REQUEST)).hasMessage("no");
        assertThat(script.steps()).containsExactly("a.prepare", "b.prepare");
    }

    @Test
    void prepare_contributions_completeTheRequestsEnvironment() throws Exception {
        a.contributing(Map.of("A", "1", "OWN", "isolator"));
        b.contributing(Map.of("A", "1", "B", "2"));

        assertThat(stack.prepare(ID, REQUEST).environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "B", "2", "PATH", "/bin", "OWN", "request"));
    }

    @Test
    void prepare_contributionsThatContradict_failNamingBothValues() {
        a.contributing(Map.of("A", "1"));
        c.contributing(Map.of("A", "2"));

        assertThatThrownBy(() -> stack.prepare(ID, REQUEST))
                .isInstanceOfSatisfying(ContributionConflictException.class, conflict -> {
                    assertThat(conflict.subject()).isEqualTo("environment variable A");
                    assertThat(conflict.first()).isEqualTo("a");
                    assertThat(conflict.second()).isEqualTo("c");
                })
                .hasMessage("isolator a wants environment variable A to be 1, and c wants it to be 2: leave one of them"
                        + " out, or set it in the request");
    }

    @Test
    void prepare_rlimitsThatContradict_fail() {
        a.contributing(rlimits(1));
        b.contributing(rlimits(2));

        assertThatThrownBy(() -> stack.prepare(ID, REQUEST))
                .isInstanceOf(ContributionConflictException.class)
                .hasMessageContainingAll("rlimit NOFILE", "isolator a", "b");
    }

    @Test
    void prepare_rlimitOfTheRequest_winsAndIsLeftToWhoSetsIt() throws Exception {
        a.contributing(rlimits(1));
        b.contributing(rlimits(2));
        LaunchRequest request = LaunchRequest.builder(List.of("/bin/true"))
                .rlimits(rlimits(3).rlimits())
                .build();

        assertThat(stack.prepare(ID, request).rlimits()).isEmpty();
    }

    @Test
    void prepare_namespacesAndCommands_areUnitedInOrder() throws Exception {
        a.contributing(Contribution.builder()
                .namespaces(List.of(Namespace.MOUNT, Namespace.IPC))
                .preExec(List.of("first", "1"))
                .build());
        b.contributing(Contribution.builder()
                .namespaces(List.of(Namespace.MOUNT))
                .rlimits(rlimits(7).rlimits())
                .preExec(List.of("second"))
                .build());

        Contribution together = stack.prepare(ID, REQUEST);

        assertThat(together.namespaces()).containsExactlyInAnyOrder(Namespace.MOUNT, Namespace.IPC);
        assertThat(together.preExec()).containsExactly(List.of("first", "1"), List.of("second"));
        assertThat(together.rlimits()).isEqualTo(rlimits(7).rlimits());
    }

    private static Contribution rlimits(long nofile) {
        return Contribution.builder()
                .rlimits(Map.of(Rlimit.NOFILE, new Rlimit.Limits(nofile, nofile)))
                .build();
    }

    @Test
    void cleanup_severalIsolators_goesBackwards() throws Exception {
        stack.cleanup(ID);

        assertThat(script.steps()).containsExactly("c.cleanup", "b.cleanup", "a.cleanup");
    }

    @Test
    void cleanup_someFail_attemptsAllAndJoinsTheErrors() {
        script.fail("c.cleanup", new IOException("c is busy"));
        script.fail("a.cleanup", new IllegalStateException("a is broken"));

        assertThatThrownBy(() -> stack.cleanup(ID)).hasMessage("c is busy").satisfies(e -> assertThat(e.getSuppressed())
                .singleElement()
                .satisfies(more -> assertThat(more).hasMessageContaining("a is broken")));
        assertThat(script.steps()).containsExactly("c.cleanup", "b.cleanup", "a.cleanup");
    }

    @Test
    void usage_oneFails_leavesItsReasonAndTheRest() {
        script.fail("b.usage", new IOException("unreadable"));

        ContainerUsage usage = stack.usage(ID);

        assertThat(usage.absent()).containsExactly(Map.entry("b", "unreadable"));
        assertThat(usage.pids()).isPresent();
    }

    @Test
    void limitations_oneFails_tellsTheOthers() {
        Limitation limitation = new Limitation("pids", OptionalLong.empty(), OptionalLong.empty(), "many");
        script.fail("a.limitation", new IOException("unreadable"));
        b.limitedAtTheEnd(limitation);

        assertThat(stack.limitations(ID)).containsExactly(limitation);
    }

    @Test
    void status_someKnowDetails_theFirstIsBelieved() throws Exception {
        a.known(Map.of("x", "1"));
        b.known(Map.of("x", "2", "y", "3"));
        script.fail("c.status", new IOException("unreadable"));

        assertThat(stack.status(ID)).isEqualTo(Map.of("x", "1", "y", "3"));
    }

    @Test
    void status_containerWithOtherIsolators_isWhatTheseKnow() {
        a.known(Map.of("x", "1"));
        b.known(Map.of("x", "2", "y", "3"));
        stack.except(ID, List.of(b));

        assertThat(stack.status(ID)).isEqualTo(Map.of("x", "2", "y", "3"));
        assertThat(stack.status(ContainerId.of("another"))).isEqualTo(Map.of("x", "1", "y", "3"));
    }

    @Test
    void everyCall_isolatorOfSomebodyElseIsBroken_keepsTheOthersGoing() throws Exception {
        RuntimeException fault = new IllegalStateException("broken");
        for (String call : List.of("usage", "status", "limitation", "watch", "release")) {
            script.fail("a." + call, fault);
        }
        b.known(Map.of("x", "1"));
        List<Limitation> noticed = new ArrayList<>();

        stack.watch(ID, noticed::add);
        b.watch.complete(ScriptedIsolator.LIMITATION);
        stack.release(ID);

        assertThat(noticed).hasSize(1);
        assertThat(stack.usage(ID).absent()).containsEntry("a", "java.lang.IllegalStateException: broken");
        assertThat(stack.usage(ID).pids()).isPresent();
        assertThat(stack.status(ID)).isEqualTo(Map.of("x", "1"));
        assertThat(stack.limitations(ID)).isEmpty();
    }

    @Test
    void watch_oneIsLimitedAndOneFails_tellsTheLimitation() {
        List<Limitation> noticed = new ArrayList<>();
        stack.watch(ID, noticed::add);

        a.watch.completeExceptionally(new IOException("by the test"));
        b.watch.complete(ScriptedIsolator.LIMITATION);

        assertThat(noticed).containsExactly(ScriptedIsolator.LIMITATION);
    }
}
