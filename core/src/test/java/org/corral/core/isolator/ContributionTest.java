package org.corral.core.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.corral.core.Rlimit;
import org.junit.jupiter.api.Test;

class ContributionTest {

    @Test
    void none_hasNothing() {
        assertThat(Contribution.NONE).isEqualTo(Contribution.builder().build());
        assertThat(Contribution.NONE.environment()).isEmpty();
        assertThat(Contribution.NONE.rlimits()).isEmpty();
        assertThat(Contribution.NONE.namespaces()).isEmpty();
        assertThat(Contribution.NONE.preExec()).isEmpty();
    }

    @Test
    void build_whatItWasGiven_isCopied() {
        Map<String, String> variables = new HashMap<>(Map.of("A", "1"));
        List<String> command = new ArrayList<>(List.of("/sbin/prepare", "-v"));
        Rlimit.Limits limits = new Rlimit.Limits(1, 2);
        Contribution contribution = Contribution.builder()
                .environment(variables)
                .rlimits(Map.of(Rlimit.NOFILE, limits))
                .namespaces(List.of(Namespace.MOUNT, Namespace.MOUNT))
                .preExec(command)
                .preExec(List.of("/sbin/second"))
                .build();

        variables.clear();
        command.clear();

        assertThat(contribution.environment()).containsExactly(Map.entry("A", "1"));
        assertThat(contribution.rlimits()).containsExactly(Map.entry(Rlimit.NOFILE, limits));
        assertThat(contribution.namespaces()).containsExactly(Namespace.MOUNT);
        assertThat(contribution.preExec()).containsExactly(List.of("/sbin/prepare", "-v"), List.of("/sbin/second"));
    }

    @Test
    void build_commandWithoutProgram_isRefused() {
        Contribution.Builder builder = Contribution.builder().preExec(List.of());

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pre-exec command is empty: give a program and its arguments");
    }

    @Test
    void conflict_namesWhoWantsWhat() {
        ContributionConflictException conflict =
                new ContributionConflictException("environment variable A", "acme/a", "1", "acme/b", "2");

        assertThat(conflict)
                .hasMessage(
                        "isolator acme/a wants environment variable A to be 1, and acme/b wants it to be 2: leave one of"
                                + " them out, or set it in the request");
        assertThat(conflict.subject()).isEqualTo("environment variable A");
        assertThat(conflict.first()).isEqualTo("acme/a");
        assertThat(conflict.second()).isEqualTo("acme/b");
    }

    @Test
    void namespaces_files_areThoseOfTheKernel() {
        assertThat(Namespace.values()).extracting(Namespace::file).containsExactly("mnt", "uts", "ipc", "net", "pid");
    }
}
