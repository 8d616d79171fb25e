package org.corral.benchmarks.guard;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.benchmarks.BenchmarkLinux;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fails if a hot path has become slower, allocates, or makes more system calls. Confined to one thread. */
@Command(
        name = "guard",
        mixinStandardHelpOptions = true,
        description = "Measures the hot paths of Corral on this host, and exits with 1 if one is slower than allowed.")
public final class Guard implements Callable<Integer> {

    private final PrintStream out;

    @Option(names = "--rounds", description = "How often everything is measured (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--no-fork", description = "Measure in this virtual machine: quick and inexact.")
    private boolean noFork;

    @Option(names = "--slow", description = "Make reads slow, to see the guard fail.")
    private boolean slow;

    /** Measures nothing yet. */
    public Guard(PrintStream out) {
        this.out = out;
    }

    /** Runs the command. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Guard(System.out)).execute(arguments));
    }

    /** {@return 0 if all rules are kept} What is red is measured once more before that is believed. */
    @Override
    public Integer call() throws IOException, RunnerException {
        System.setProperty(BenchmarkLinux.SLOW, Boolean.toString(slow));
        if (isGreen()) {
            return 0;
        }
        out.println("red: everything is measured once more");
        return isGreen() ? 0 : 1;
    }

    private boolean isGreen() throws IOException, RunnerException {
        List<Verdict> verdicts = new ArrayList<>(ExactCosts.ofSample());
        verdicts.addAll(ExactCosts.ofUnchangedUpdate());
        verdicts.add(ExactCosts.ofPass());
        verdicts.addAll(KeptMemory.ofSampler());
        verdicts.addAll(ratios());
        verdicts.forEach(out::println);
        return verdicts.stream().allMatch(Verdict::isGreen);
    }

    private List<Verdict> ratios() throws RunnerException {
        Measurement measurement = new Measurement(noFork, slow);
        Rounds measured = new Rounds();
        for (int round = 1; round <= rounds; round++) {
            out.println("round " + round + " of " + rounds);
            for (GuardedRun run : GuardedRun.ALL) {
                measured.add(measurement.of(run));
            }
        }
        return GuardedRun.RULES.stream().map(rule -> rule.judge(measured)).toList();
    }
}
