package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs that a command executes, its children's too, as strace(1) writes them down. */
record ExecTrace(Path file) {

    /** {@return what is put before the command} A signal that a JVM sends itself would be told in the midst of a line. */
    List<String> prefix() {
        return List.of("strace", "-f", "-qq", "-e", "trace=execve", "-e", "signal=none", "-o", file.toString());
    }

    /** {@return the programs in their order, once the command has ended} The file is removed. */
    List<String> programs() throws IOException {
        List<String> programs = Files.readAllLines(file).stream()
                .filter(line -> line.contains("execve(") && line.endsWith("= 0"))
                .map(line -> line.replaceAll(".*execve\\(\"([^\"]*)\".*", "$1"))
                .toList();
        Files.delete(file);
        return programs;
    }
}
