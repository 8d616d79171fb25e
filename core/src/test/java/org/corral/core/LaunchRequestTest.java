package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchRequestTest {

    @Test
    void build_commandAlone_hasTheDefaults() {
        LaunchRequest request = LaunchRequest.builder(List.of("true")).build();
        assertThat(request.environment()).isEmpty();
        assertThat(request.directory()).isEmpty();
        assertThat(request.user()).isEmpty();
        assertThat(List.of(request.stdin(), request.stdout(), request.stderr())).containsOnly(Stdio.INHERIT);
        assertThat(request.session()).isEqualTo(LaunchRequest.Session.OWN);
        assertThat(request.resources()).isEqualTo(Resources.NONE);
        assertThat(request.rlimits()).isEmpty();
        assertThat(request.oomScoreAdj()).isEmpty();
    }

    @Test
    void build_everythingSet_keepsIt() {
        LaunchRequest request = LaunchRequest.builder(List.of("sh", "-c", ""))
                .environment(Map.of("PATH", "/bin"))
                .directory(Path.of("/tmp"))
                .user("nobody")
                .stdio(Stdio.DISCARD, Stdio.file(Path.of("out")), Stdio.INHERIT)
                .session(LaunchRequest.Session.INHERIT)
                .resources(Resources.NONE.withPids(5))
                .rlimits(Map.of(Rlimit.CORE, new Rlimit.Limits(0, 0)))
                .oomScoreAdj(500)
                .build();
        assertThat(request.command()).containsExactly("sh", "-c", "");
        assertThat(request.environment()).containsEntry("PATH", "/bin");
        assertThat(request.directory()).hasValue(Path.of("/tmp"));
        assertThat(request.user()).hasValue("nobody");
        assertThat(request.stdin()).isEqualTo(Stdio.DISCARD);
        assertThat(request.stdout()).isEqualTo(new Stdio.File(Path.of("out")));
        assertThat(request.session()).isEqualTo(LaunchRequest.Session.INHERIT);
        assertThat(request.resources().pids()).hasValue(5);
        assertThat(request.rlimits()).containsOnlyKeys(Rlimit.CORE);
        assertThat(request.oomScoreAdj()).hasValue(500);
    }

    @Test
    void build_collectionsChangedLater_keepsItsOwn() {
        List<String> command = new ArrayList<>(List.of("true"));
        Map<String, String> environment = new HashMap<>();
        LaunchRequest request =
                LaunchRequest.builder(command).environment(environment).build();
        command.add("more");
        environment.put("A", "b");
        assertThat(request.command()).containsExactly("true");
        assertThat(request.environment()).isEmpty();
    }

    @Test
    void build_noCommand_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchRequest.builder(List.of()).build())
                .withMessageContaining("command is empty");
    }

    @Test
    void build_emptyProgram_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchRequest.builder(List.of("", "a")).build())
                .withMessageContaining("command is empty");
    }

    @Test
    void build_nulInAnArgument_refusedShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchRequest.builder(List.of("true", "a\0b")).build())
                .withMessageContaining("argument 'a␀b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B", "=", "A\0"})
    void build_badVariableName_refused(String name) {
        LaunchRequest.Builder builder = LaunchRequest.builder(List.of("true")).environment(Map.of(name, "value"));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("environment variable '" + name.replace('\0', '␀') + "'");
    }

    @Test
    void build_nulInAValue_refusedNamingTheVariable() {
        LaunchRequest.Builder builder = LaunchRequest.builder(List.of("true")).environment(Map.of("A", "b\0"));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("value of environment variable A");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1001, 1001, Integer.MAX_VALUE})
    void build_oomScoreAdjOutOfRange_refused(int value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LaunchRequest.builder(List.of("true"))
                        .oomScoreAdj(value)
                        .build())
                .withMessageContaining("oom_score_adj " + value);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1000, 0, 1000})
    void build_oomScoreAdjInRange_accepted(int value) {
        assertThatCode(() -> LaunchRequest.builder(List.of("true"))
                        .oomScoreAdj(value)
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void command_ofRequest_cannotBeChanged() {
        List<String> command = LaunchRequest.builder(List.of("true")).build().command();
        assertThatThrownBy(() -> command.add("x")).isInstanceOf(UnsupportedOperationException.class);
    }
}
