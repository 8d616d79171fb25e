package org.corral.benchmarks.density;

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
import org.corral.harness.Cancellation;
import org.corral.harness.Progress;
import org.corral.linux.Linux;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs so many containers in one agent and tells what that costs. Confined to one thread. */
@Command(
        name = "corral-density",
        mixinStandardHelpOptions = true,
        description = {
            "Launches N containers, samples them all once a second, changes all limits again and",
            "again, lets a random tenth run out of memory, destroys all, and tells what that cost.",
            "Needs root."
        },
        footer = {
            "",
            "Exit code: 0 if all was as it should be; 1 if a pass was skipped, an update failed,",
            "an OOM kill was not told, or something was left behind; 125 if the run failed; 130",
            "after Ctrl-C, which destroys all."
        },
        exitCodeOnInvalidInput = Density.FAILED,
        exitCodeOnExecutionException = Density.FAILED)
public final class Density implements Callable<Integer> {

    /** The exit code of a run that could not be made, as of {@code corral} itself. */
    static final int FAILED = 125;

    private static final int INTERRUPTED = 130;
    private static final int STANDARD_ERROR = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Cancellation cancellation;

    @Parameters(paramLabel = "N", description = "How many containers.")
    private int containers;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long they are sampled (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--update-every",
            paramLabel = "S",
            description = "After how many seconds all limits change again (default: ${DEFAULT-VALUE}).")
    private int updateEvery = 5;

    @Option(
            names = "--cpu-share",
            paramLabel = "PART",
            description = "The part of a CPU that sampling may take before it skips (default: ${DEFAULT-VALUE}).")
    private double cpuShare = 0.1;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of what is random (default: another each time).")
    private long seed = RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE);

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE", description = "Write pass time and CPU share over time as SVG.")
    private Optional<Path> plot = Optional.empty();

    /**
     * Runs nothing yet.
     *
     * @param cancellation makes the run destroy all and end when it is asked to
     */
    Density(PrintStream out, PrintStream err, Cancellation cancellation) {
        this.out = out;
        this.err = err;
        this.cancellation = cancellation;
    }

    /** Runs the command. */
    public static void main(String... arguments) {
        System.exit(execute(System.out, System.err, Cancellation.atShutdown("corral-density"), arguments));
    }

    /** {@return the exit code} Closes the cancellation. */
    static int execute(PrintStream out, PrintStream err, Cancellation cancellation, String... arguments) {
        try (cancellation) {
            return new CommandLine(new Density(out, err, cancellation))
                    .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                    .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err))
                    .execute(arguments);
        }
    }

    private static int failed(Exception failure, PrintStream err) {
        err.println("corral-density: " + failure.getMessage());
        return failure instanceof CancellationException ? INTERRUPTED : FAILED;
    }

    @Override
    public Integer call() throws IOException {
        Linux linux = Linux.ofThisHost();
        Scenario scenario =
                new Scenario(containers, Duration.ofSeconds(seconds), Duration.ofSeconds(updateEvery), seed, cpuShare);
        for (Path file : List.of(json, plot).stream().flatMap(Optional::stream).toList()) {
            requireWritable(file);
        }
        new Requirements(linux, containers).check();
        err.println("seed " + seed);
        Figures figures = run(linux, scenario);
        write(figures);
        List<String> complaints = figures.complaints();
        complaints.forEach(complaint -> err.println("corral-density: " + complaint));
        return complaints.isEmpty() ? 0 : 1;
    }

    private Figures run(Linux linux, Scenario scenario) throws IOException {
        Progress.Display display =
                linux.processes().isTerminal(STANDARD_ERROR) ? Progress.Display.bars(err) : Progress.Display.lines(err);
        DensityRun run = new DensityRun(linux, scenario, Limits.ofThisHost(), cancellation, display);
        try (Progress progress = display.begin("warm up", 1)) {
            run.warmUp().run();
            progress.step();
        }
        return run.run();
    }

    private static void requireWritable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException(file + " cannot be written: there is no folder of that name to write to");
        }
    }

    private void write(Figures figures) throws IOException {
        out.print(FiguresTable.of(figures));
        if (json.isPresent()) {
            Files.writeString(json.get(), FiguresJson.text(figures));
        }
        if (plot.isPresent()) {
            Files.writeString(plot.get(), Plot.of(figures));
        }
    }
}
