package org.corral.containerizer.lifecycle;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Collects what fails while everything is attempted. Confined to one thread. */
final class Failures {

    private @Nullable IOException first;

    void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            add(e);
        } catch (RuntimeException e) {
            add(new IOException(e.toString(), e));
        }
    }

    private void add(IOException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    void throwIfAny() throws IOException {
        if (first != null) {
            throw first;
        }
    }

    /** One thing to attempt. */
    interface Step {
        void run() throws IOException;
    }
}
