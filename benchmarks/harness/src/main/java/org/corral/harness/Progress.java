package org.corral.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a part of the run is, shown while it lasts. Thread-safe. */
public interface Progress extends AutoCloseable {

    /** One more of its steps is done. */
    void step();

    @Override
    void close();

    /** Where parts of a run are shown. */
    @FunctionalInterface
    interface Display {

        /**
         * Shows that a part begins.
         *
         * @param steps it has
         */
        Progress begin(String part, long steps);

        /** Shows nothing. */
        Display NOWHERE = (part, steps) -> new Nothing();

        /** {@return bars on a terminal, that are redrawn twice a second} */
        static Display bars(PrintStream terminal) {
            return (part, steps) -> new Bar(terminal, part, steps);
        }

        /** {@return a line at the end of each part} */
        static Display lines(PrintStream out) {
            return (part, steps) -> new Line(out, part, System.nanoTime());
        }
    }

    /** Nothing. */
    record Nothing() implements Progress {

        @Override
        public void step() {
            // not shown
        }

        @Override
        public void close() {
            // not shown
        }
    }

    /** A bar. */
    final class Bar implements Progress {

        private static final int WIDTH = 79;
        private static final int REDRAWN_MILLIS = 500;

        private final ProgressBar bar;

        private Bar(PrintStream terminal, String part, long steps) {
            bar = new ProgressBarBuilder()
                    .setTaskName(part)
                    .setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAWN_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                    .build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line. */
    record Line(PrintStream out, String part, long began) implements Progress {

        private static final double MILLIS = 1000;

        @Override
        public void step() {
            // not worth a line
        }

        @Override
        public void close() {
            double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / MILLIS;
            out.printf(Locale.ROOT, "%s: %.1f s%n", part, seconds);
        }
    }
}
