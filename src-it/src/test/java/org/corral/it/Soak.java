package org.corral.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.corral.harness.Cancellation;
import org.corral.harness.Progress;
import org.corral.linux.Linux;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Soaks this host for some minutes and tells what was wrong. Confined to one thread. */
@Command(
        name = Soak.NAME,
        mixinStandardHelpOptions = true,
        description = {
            "Launches, changes, samples, pauses, signals and destroys containers at random, lets them run out of memory, kills agents",
            "and recovers from that; compares the host with a model again and again, and tells faults, leaks and drift. Needs root."
        },
        footer = {
            "",
            "With --publish the table is put into docs/reliability.md, unless something was wrong.",
            "",
            "Exit code: 0 if all was as it should be; 1 if there was a fault, a leak or a drift; 125 if the run failed; 130 after Ctrl-C,",
            "which destroys all."
        },
        exitCodeOnInvalidInput = Soak.FAILED,
        exitCodeOnExecutionException = Soak.FAILED)
final class Soak implements Callable<Integer> {

    static final String NAME = "corral-soak";

    /** The exit code of a run that could not be made, as of {@code corral} itself. */
    static final int FAILED = 125;

    private static final int INTERRUPTED = 130;
    private static final int STANDARD_ERROR = 2;
    private static final int STEPS = 1000;
    private static final List<Need> NEEDS =
            List.of(Need.ROOT, Need.GATE, Need.PIDFD, Need.FREEZER, Need.CPU, Need.MEMORY, Need.PIDS);

    private final PrintStream out;
    private final PrintStream err;
    private final Cancellation cancellation;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            required = true,
            description = "After so many minutes no round begins.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of what is random (default: another each time).")
    private long seed = RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE);

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE", description = "Write steps and drift over time as SVG.")
    private Optional<Path> plot = Optional.empty();

    private Soak(PrintStream out, PrintStream err, Cancellation cancellation) {
        this.out = out;
        this.err = err;
        this.cancellation = cancellation;
    }

    /** Runs the command. */
    public static void main(String... arguments) {
        System.exit(execute(System.out, System.err, Cancellation.atShutdown(NAME), arguments));
    }

    /** {@return the exit code} Closes the cancellation. */
    static int execute(PrintStream out, PrintStream err, Cancellation cancellation, String... arguments) {
        try (cancellation) {
            return new CommandLine(new Soak(out, err, cancellation))
                    .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                    .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                    .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err))
                    .execute(arguments);
        }
    }

    private static int failed(Exception failure, PrintStream err) {
        err.println(NAME + ": " + failure.getMessage());
        return failure instanceof CancellationException ? INTERRUPTED : FAILED;
    }

    @Override
    public Integer call() throws Exception {
        check();
        err.println("seed " + seed);
        SoakFigures figures = run();
        write(figures);
        List<String> complaints = figures.complaints();
        complaints.forEach(complaint -> err.println(NAME + ": " + complaint));
        return complaints.isEmpty() ? 0 : 1;
    }

    private void check() throws IOException {
        if (!(minutes > 0)) {
            throw new IOException("--minutes " + minutes + " is not usable: give more than 0");
        }
        for (Path file : Stream.of(json, plot).flatMap(Optional::stream).toList()) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isWritable(folder)) {
                throw new IOException(file + " cannot be written: there is no folder of that name to write to");
            }
        }
        for (Need need : NEEDS) {
            Optional<String> cause = need.missing();
            if (cause.isPresent()) {
                throw new IOException("this host lacks " + need + ": " + cause.get());
            }
        }
    }

    private SoakFigures run() throws Exception {
        Duration time =
                Duration.ofMillis(Math.round(minutes * Duration.ofMinutes(1).toMillis()));
        Progress.Display display = Linux.ofThisHost().processes().isTerminal(STANDARD_ERROR)
                ? Progress.Display.bars(err)
                : Progress.Display.lines(err);
        TestRoot root = LeakCheck.newRoot();
        try (Progress progress = display.begin("soak", time.toSeconds())) {
            return new SoakRun(root, new SoakPlan(time, 1, STEPS, seed), cancellation, progress).run();
        } catch (AssertionError e) { // of what was waited for in vain
            throw new IOException(e.getMessage(), e);
        } finally {
            Files.deleteIfExists(root.runtimeDirectory());
        }
    }

    private void write(SoakFigures figures) throws IOException {
        out.print(SoakTable.of(figures));
        if (json.isPresent()) {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            Files.writeString(json.get(), mapper.writeValueAsString(figures) + System.lineSeparator());
        }
        if (plot.isPresent()) {
            Files.writeString(plot.get(), SoakPlot.of(figures));
        }
    }
}
