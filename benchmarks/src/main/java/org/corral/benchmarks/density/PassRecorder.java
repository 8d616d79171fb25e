package org.corral.benchmarks.density;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.corral.cgroup.sample.SamplingProgress;
import org.corral.harness.Progress;

/** Records each pass of the sampler as it ends. Thread-safe. */
final class PassRecorder implements Consumer<SamplingProgress> {

    private final Progress progress;
    private final Durations each = new Durations();
    private final List<PassPoint> points = new ArrayList<>();
    private final Effort began = Effort.now();
    private Effort latest = began;

    /** Records from now on. */
    PassRecorder(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void accept(SamplingProgress pass) {
        Effort now = Effort.now();
        long work = pass.lastWork().toNanos();
        each.record(work);
        points.add(new PassPoint(
                now.since(began).wallNanos() / (double) TimeUnit.SECONDS.toNanos(1),
                TimeUnit.NANOSECONDS.toMicros(work),
                now.since(latest).cpuShare()));
        latest = now;
        progress.step();
    }

    synchronized Percentiles times() {
        return each.percentiles();
    }

    synchronized List<PassPoint> points() {
        return List.copyOf(points);
    }
}
