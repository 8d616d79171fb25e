package org.corral.containerizer.isolator;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;

/**
 * {@code posix/rlimits}: the limits of each single process, by prlimit(2) while the first waits at its gate, and its
 * {@code oom_score_adj}. Later processes inherit both.
 */
public final class PosixRlimits implements Isolator {

    /** Its name; it is always there, chosen or not. */
    public static final String NAME = "posix/rlimits";

    private final Linux linux;
    private final Map<ContainerId, LaunchRequest> requests = new ConcurrentHashMap<>();

    /** Makes it. */
    public PosixRlimits(Linux linux) {
        this.linux = linux;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) {
        requests.put(id, request);
        return Contribution.NONE;
    }

    /**
     * Sets them. EPERM: a hard limit can be raised, and {@code oom_score_adj} lowered, with CAP_SYS_RESOURCE alone.
     */
    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        LaunchRequest request = requests.get(id);
        if (request == null) {
            return;
        }
        for (Map.Entry<Rlimit, Rlimit.Limits> limit : request.rlimits().entrySet()) {
            linux.processes().setLimits(pid, limit.getKey(), limit.getValue());
        }
        if (request.oomScoreAdj().isPresent()) {
            setOomScoreAdj(pid, request.oomScoreAdj().getAsInt());
        }
    }

    private void setOomScoreAdj(int pid, int value) throws IOException {
        try {
            Files.writeString(linux.path("/proc/" + pid + "/oom_score_adj"), Integer.toString(value));
        } catch (IOException e) {
            throw new IOException(
                    "oom_score_adj could not be set to " + value + " (lowering it needs CAP_SYS_RESOURCE): "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    @Override
    public void cleanup(ContainerId id) {
        requests.remove(id);
    }
}
