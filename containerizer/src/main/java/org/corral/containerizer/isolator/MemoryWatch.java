package org.corral.containerizer.isolator;

import java.util.concurrent.CompletableFuture;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;

/** The notifications of one container's memory cgroup. Thread-safe. */
interface MemoryWatch extends AutoCloseable {

    /** {@return a stage that completes when the kernel has killed for the limit} */
    CompletableFuture<Limitation> limited();

    /** {@return how often memory was short} */
    PressureUsage pressure();

    /** Ends the notifications. A second call does nothing. */
    @Override
    void close();
}
