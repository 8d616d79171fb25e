package org.corral.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another JVM with the class path of this one, for what a test cannot do to its own. Closing it kills it. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(Map.of(), main, arguments);
    }

    /** The same with more variables in its environment. */
    static ChildJvm start(Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(System.getProperty("java.class.path"), main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the next line, empty after the last, which may be that of a killed one} */
    Optional<String> nextLine() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    /** Kills it as no shutdown hook can notice, and returns when it is gone; what it has said can still be read. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** {@return a command line, to be put behind another command's} */
    static List<String> command(String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** {@return the rest of the next line that begins with a word} */
    String awaitLine(String word) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(word)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the other JVM ended before it said '" + word + "'");
        }
        return line.substring(word.length()).strip();
    }

    /** Kills it as no shutdown hook can notice. */
    @Override
    public void close() throws IOException {
        Processes.end(process);
        output.close();
    }
}
