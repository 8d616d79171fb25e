package org.corral.core.launcher;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.core.ExitStatus;

/** The first process of a container. Thread-safe. */
public interface ContainerProcess {

    /** {@return its process id, valid until {@link #exit} completes} */
    int pid();

    /**
     * {@return how it ended, when it has; empty if the kernel cannot tell, as some cannot of a process that an earlier
     *     agent made}
     *
     * <p>May complete on a thread that other containers need: dependent stages must not block.
     */
    CompletionStage<Optional<ExitStatus>> exit();

    /**
     * Sends it a signal.
     *
     * @param number the signal's number, 1 to 64
     * @return whether it was still there
     * @throws IOException if the kernel refused, EPERM among others
     */
    boolean signal(int number) throws IOException;
}
