package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.usage.PidsUsage;

/**
 * The {@code pids} controller of one cgroup: how many processes and threads it has and may have. Its files are the same
 * on v1 and v2.
 *
 * <p>A fork above the limit fails with EAGAIN; attaching a process is never refused. Holds no state; as thread-safe as its
 * {@link ControlFiles}. Every method fails with ENODEV if the cgroup is gone. Kernel: admin-guide/cgroup-v1/pids.rst.
 */
public final class PidsController {

    private static final String MAX = "pids.max";
    private static final String CURRENT = "pids.current";
    private static final String EVENTS = "pids.events";

    private final ControlReader reader;

    private PidsController(ControlFiles files) {
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static PidsController of(ControlFiles files) {
        return new PidsController(files);
    }

    /**
     * Reads {@code pids.current} and {@code pids.max}.
     *
     * @throws ControlFileFormatException if a file is not of its form
     */
    public PidsUsage usage() throws IOException {
        Optional<Limit> max = reader.limit(MAX);
        return new PidsUsage(reader.number(CURRENT), max.map(Limit::value).orElse(OptionalLong.empty()));
    }

    /**
     * {@return how many forks a limit made fail, empty before Linux 4.10} Whether those count that failed by the limit of
     * a cgroup above depends on the kernel: until Linux 6.10 and on v1 they do.
     */
    public OptionalLong failedForks() throws IOException {
        return reader.flatKeyed(EVENTS).get("max");
    }
}
