package org.corral.benchmarks.guard;

import java.util.Collection;
import org.corral.benchmarks.BenchmarkLinux;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks for a short time. Immutable.
 *
 * @param noFork whether in this virtual machine
 * @param slow whether on a kernel that is slow on purpose
 */
record Measurement(boolean noFork, boolean slow) {

    private static final TimeValue TIME = TimeValue.milliseconds(300);
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;

    /** {@return one result for each benchmark and each of its parameters} */
    Collection<RunResult> of(GuardedRun run) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + run.benchmarks() + "$")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(noFork ? 0 : 1)
                .jvmArgsAppend("-D" + BenchmarkLinux.SLOW + "=" + slow)
                .warmupIterations(WARM_UPS)
                .warmupTime(TIME)
                .measurementIterations(ITERATIONS)
                .measurementTime(TIME);
        run.parameters().forEach(options::param);
        return new Runner(options.build()).run();
    }
}
