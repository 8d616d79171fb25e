package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.testing.Background;

/** The launcher script of this source tree, with the root and the runtime directory of a test. Closing it ends it. */
final class Cli implements AutoCloseable {

    static final Path HOME =
            Path.of(System.getProperty("basedir", ""), "..").toAbsolutePath().normalize();

    static final String SCRIPT = HOME.resolve("corral").toString();

    private final TestRoot root;
    private final String script;
    private final List<Process> running = new ArrayList<>();
    private String classPath = "";

    Cli(TestRoot root) {
        this(root, SCRIPT);
    }

    /** Takes a copy of the script. */
    Cli(TestRoot root, String script) {
        this.root = root;
        this.script = script;
    }

    /** Puts the jar that a class comes from on the class path of all that is started from now on. */
    void addJarOf(Class<?> type) throws URISyntaxException {
        classPath = Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Runs a command of Corral's to its end. */
    Result run(String command, String... arguments) throws Exception {
        return result(start(command, arguments));
    }

    /** Starts a command of Corral's. The script finds its JDK without a process of its own where JAVA_HOME is set. */
    Process start(String command, String... arguments) throws IOException {
        return startBehind(List.of(), command, arguments);
    }

    /** Starts another program's command line that ends in a command of Corral's. */
    Process startBehind(List<String> prefix, String command, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(script, command, "--root", root.cgroup()));
        line.addAll(List.of(arguments));
        return start(line);
    }

    /** Starts a command of Corral's that chooses the root by itself; one that makes nothing there. */
    Process startWithoutRoot(String command) throws IOException {
        return start(List.of(script, command));
    }

    private Process start(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CORRAL_RUNTIME_DIR", Host.stateOf(root).toString());
        builder.environment().put("CORRAL_CLASS_PATH", classPath);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    static Result result(Process process) throws Exception {
        CompletableFuture<String> out = Background.supply(() -> text(process.getInputStream()));
        CompletableFuture<String> err = Background.supply(() -> text(process.getErrorStream()));
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out.get(), err.get());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a container's command has been let go. {@return its first process} */
    int awaitRunning(String id, String command) throws Exception {
        Path processes = ControlFile.PROCS.of(root, id);
        Eventually.holds(
                id + " runs",
                () -> Files.exists(processes)
                        && Files.readAllLines(processes).stream().anyMatch(pid -> isCommand(pid, command)));
        return Integer.parseInt(Files.readAllLines(processes).get(0));
    }

    private static boolean isCommand(String pid, String command) {
        try {
            return ProcFiles.read(Integer.parseInt(pid), "comm").equals(command);
        } catch (IOException e) {
            return false; // it ended since it was listed
        }
    }

    @Override
    public void close() throws IOException {
        for (Process process : running) {
            Processes.end(process);
        }
    }

    /**
     * What a command ended with.
     *
     * @param code its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Result(int code, String out, String err) {

        /** {@return a number of a JSON report, found by its name alone} */
        double number(String name) {
            Matcher field =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*([0-9.]+)").matcher(out);
            assertThat(field.find()).as("%s in %s", name, out).isTrue();
            return Double.parseDouble(field.group(1));
        }
    }
}
