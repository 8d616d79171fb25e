package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.corral.linux.raw.AccountCalls.Account;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EnvironmentTest {

    private static final Account BUILD = new Account("build", 1000, 1000, "/home/build", "/bin/bash");
    private static final Map<String, String> OF_BUILD =
            Map.of("HOME", "/home/build", "USER", "build", "LOGNAME", "build", "SHELL", "/bin/bash");

    private final FakeKernel kernel = new FakeKernel();

    private Map<String, String> basic(Map<String, String> callers, Optional<String> user) {
        return new BasicEnvironment(kernel.linux(Path.of("/")), callers).variables(user);
    }

    private static Map<String, String> asked(
            Map<String, String> basis, Map<String, String> callers, String... options) {
        return CommandLine.populateCommand(new EnvironmentOptions(), options).environment(basis, callers);
    }

    @Test
    void basic_callersSecrets_notHandedDown() {
        Map<String, String> callers = Map.of(
                "AWS_SECRET",
                "x",
                "JAVA_HOME",
                "/j",
                "PATH",
                "/bin",
                "TERM",
                "xterm",
                "LC_TIME",
                "C",
                "HOME",
                "/h",
                "USER",
                "u",
                "LOGNAME",
                "l",
                "SHELL",
                "/bin/sh");
        assertThat(basic(callers, Optional.empty()))
                .isEqualTo(Map.of(
                        "PATH", "/bin", "TERM", "xterm", "LC_TIME", "C", "HOME", "/h", "USER", "u", "LOGNAME", "l",
                        "SHELL", "/bin/sh"));
    }

    @Test
    void basic_emptyEnvironment_completedFromTheAccount() {
        kernel.on("effectiveUserId", none -> 1000).on("byId", uid -> Optional.of(BUILD));
        assertThat(basic(Map.of(), Optional.empty()))
                .containsAllEntriesOf(OF_BUILD)
                .containsKey("PATH");
    }

    @Test
    void basic_noAccount_whatTheCallerHas() {
        kernel.on("effectiveUserId", none -> 7).on("byId", uid -> Optional.empty());
        assertThat(basic(Map.of("HOME", "/h"), Optional.empty()))
                .containsEntry("HOME", "/h")
                .doesNotContainKey("USER");
    }

    @Test
    void basic_otherUser_thatUsersHome() {
        kernel.on("byName", name -> name[0].equals("build") ? Optional.of(BUILD) : Optional.empty());
        assertThat(basic(Map.of("HOME", "/root", "USER", "root"), Optional.of("build:wheel")))
                .containsAllEntriesOf(OF_BUILD);
    }

    @Test
    void options_nameAlone_handsTheCallersDown() {
        assertThat(asked(Map.of(), Map.of("A", "1", "B", "2"), "--env", "A")).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void options_values_winAndMayBeAnything() {
        assertThat(asked(Map.of("PATH", "/bin"), Map.of(), "--env", "PATH=", "--env", "X=a=b,c \"d\""))
                .isEqualTo(Map.of("PATH", "", "X", "a=b,c \"d\""));
    }

    @Test
    void options_all_callersBelowBasisBelowValues() {
        assertThat(asked(Map.of("HOME", "/home/build"), Map.of("HOME", "/root", "A", "1"), "--env-all", "--env", "A=2"))
                .isEqualTo(Map.of("HOME", "/home/build", "A", "2"));
    }

    @Test
    void options_nameNotSet_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(Map.of(), Map.of(), "--env", "A"))
                .withMessageContaining("--env A is not set here");
    }
}
