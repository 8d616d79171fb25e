package org.corral.containerizer.external;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.linux.Linux;

/**
 * An external containerizer program that is a shell script. Each command does what the test says; by default it succeeds
 * at once, but for {@code wait}, which waits until the test {@linkplain #end ends} the container.
 */
final class ScriptedProgram {

    private final Path directory;

    ScriptedProgram(Path directory) throws IOException {
        this.directory = directory;
        String script = String.join(
                "\n",
                "#!/bin/sh",
                "cd " + directory + " || exit 99",
                "echo \"$1\" >> calls",
                "cat > \"$1.in\"",
                "env > \"$1.env\"",
                ". \"./$1.sh\"");
        Path file = directory.resolve("program");
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        for (String command : List.of("launch", "update", "usage", "destroy", "recover", "containers")) {
            does(command, "exit 0");
        }
        Linux.ofThisHost().files().makeFifo(directory.resolve("gate-of-wait").toString(), 0600);
        does("wait", "cat gate-of-wait > /dev/null; cat answer-of-wait");
    }

    String path() {
        return directory.resolve("program").toString();
    }

    /** Says what a command does, once it has read its input. */
    void does(String command, String script) throws IOException {
        Path next = directory.resolve(command + ".new");
        Files.writeString(next, script + "\n");
        Files.move(next, directory.resolve(command + ".sh"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a command answer with these bytes. */
    void answers(String command, byte[] bytes) throws IOException {
        Files.write(directory.resolve("answer-of-" + command), bytes);
        if (!command.equals("wait")) {
            does(command, "cat answer-of-" + command);
        }
    }

    void answers(String command, MessageLite message) throws IOException {
        answers(command, Frame.of(message));
    }

    /** Lets the {@code wait} that runs now answer; returns when it has been let. */
    void end(MessageLite termination) throws IOException {
        answers("wait", termination);
        endWait();
    }

    void endWait() throws IOException {
        Files.writeString(directory.resolve("gate-of-wait"), "end"); // blocks until the wait is there
    }

    List<String> calls() throws IOException {
        Path calls = directory.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** {@return the message that a command got last} */
    <T extends MessageLite> T input(String command, Parser<T> parser) throws IOException {
        return Frame.parse(Files.readAllBytes(directory.resolve(command + ".in")), parser);
    }

    Map<String, String> environment(String command) throws IOException {
        return Files.readAllLines(directory.resolve(command + ".env"), StandardCharsets.UTF_8).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    Path file(String name) {
        return directory.resolve(name);
    }
}
