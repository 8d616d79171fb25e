package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.corral.containerizer.external.message.Mesos.CommandInfo;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.junit.jupiter.api.Test;

class CommandLinesTest {

    @Test
    void shellLine_anyWords_quoted() {
        LaunchRequest request = LaunchRequest.builder(List.of("printf", "it's", "", "$HOME", "a\nb", "😀"))
                .build();

        assertThat(CommandLines.shellLine(request)).isEqualTo("exec 'printf' 'it'\\''s' '' '$HOME' 'a\nb' '😀'");
    }

    @Test
    void shellLine_streams_redirected() {
        LaunchRequest request = LaunchRequest.builder(List.of("cat"))
                .stdio(Stdio.file(Path.of("/in put")), Stdio.file(Path.of("/out")), Stdio.DISCARD)
                .build();

        assertThat(CommandLines.shellLine(request)).isEqualTo("exec 'cat' <'/in put' >>'/out' 2>>/dev/null");
    }

    @Test
    void words_shell_isItsArgument() {
        CommandInfo command = CommandInfo.newBuilder().setValue("echo $A").build();

        assertThat(CommandLines.words(command)).containsExactly("/bin/sh", "-c", "echo $A");
    }

    @Test
    void words_noShell_firstArgumentIsTheProgramsName() {
        CommandInfo command = CommandInfo.newBuilder()
                .setShell(false)
                .setValue("/bin/echo")
                .addAllArguments(List.of("echo", "a", "b"))
                .build();

        assertThat(CommandLines.words(command)).containsExactly("/bin/echo", "a", "b");
        assertThat(CommandLines.words(command.toBuilder().clearArguments().build()))
                .containsExactly("/bin/echo");
    }

    @Test
    void words_none_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLines.words(CommandInfo.getDefaultInstance()))
                .withMessageContaining("no command");
    }
}
