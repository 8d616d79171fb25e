package org.corral.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.benchmarks.report.jmh.JmhRun;
import org.corral.benchmarks.report.jmh.UnusableFileException;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.linux.Linux;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns JMH's results into a page and into tables. Confined to one thread. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Turns what JMH measured on this host into a page with charts and into tables.",
            "Measure with: java -jar benchmarks.jar -prof gc -rf json -rff FILE"
        })
public final class Report implements Callable<Integer> {

    private final PrintStream err;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Results of JMH in JSON. What two hold is taken from the later one.")
    private List<Path> files = List.of();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Targets targets = new Targets();

    /** What is written; at least one of them. */
    private static final class Targets {

        @Option(names = "--html", paramLabel = "FILE", description = "Write a page there.")
        private @Nullable Path html;

        @Option(names = "--markdown", paramLabel = "FILE", description = "Write tables there.")
        private @Nullable Path markdown;
    }

    /** Tells what is wrong there. */
    public Report(PrintStream err) {
        this.err = err;
    }

    /** Runs the command. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Report(System.err)).execute(arguments));
    }

    /** {@return 0, or 2 if a file is of no use} Nothing is written then. */
    @Override
    public Integer call() throws IOException {
        try {
            Document document = document();
            write(Format.HTML, targets.html, document);
            write(Format.MARKDOWN, targets.markdown, document);
            return CommandLine.ExitCode.OK;
        } catch (UnusableFileException e) {
            err.println("report: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Document document() throws IOException {
        List<JmhRun> runs = new ArrayList<>();
        for (Path file : files) {
            runs.add(JmhRun.read(file));
        }
        List<Fact> facts =
                new ArrayList<>(HostFacts.of(Path.of("/proc"), LayoutDiscovery.discover(Linux.ofThisHost())));
        facts.add(BuildFact.ofThisJar());
        return Document.of(runs, facts);
    }

    private static void write(Format format, @Nullable Path target, Document document) throws IOException {
        if (target == null) {
            return;
        }
        String text = format.render(document);
        try {
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new UnusableFileException(target, "cannot be written: " + e, "name one in a directory that is there");
        }
    }
}
