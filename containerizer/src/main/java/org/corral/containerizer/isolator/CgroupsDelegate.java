package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;
import org.corral.linux.process.Identity;

/**
 * {@code cgroups/delegate}: lets the user that a container runs as make cgroups below the container's own on v2, for programs
 * that have containers themselves. The container's own limits stay out of that user's reach. Knows of no container.
 */
public final class CgroupsDelegate implements Isolator {

    static final String NAME = "cgroups/delegate";

    /** The key that an operator sets it by. */
    static final String DESCENDANTS = "descendants";

    private static final String USUAL = "1000";

    private final Linux linux;
    private final ContainerCgroups cgroups;
    private final int descendants;

    /**
     * Makes it.
     *
     * @param options {@code descendants}, how many cgroups there may be below a container's, at any depth
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    public CgroupsDelegate(Linux linux, ContainerCgroups cgroups, Map<String, String> options) {
        this.linux = linux;
        this.cgroups = cgroups;
        this.descendants = descendants(options.getOrDefault(DESCENDANTS, USUAL));
    }

    private static int descendants(String text) {
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException("isolator option " + NAME + ":" + DESCENDANTS + " '" + text
                    + "' is no number of cgroups: give one from 1 to 99999");
        }
        return Integer.parseInt(text);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The agent's own user, which has the cgroup anyway, is given nothing. */
    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        Optional<Identity> user =
                request.user().isPresent() ? Identity.find(linux, request.user().get()) : Optional.empty();
        if (user.isPresent()) {
            handOver(id, user.get());
        }
        return Contribution.NONE;
    }

    private void handOver(ContainerId id, Identity user) throws IOException {
        try {
            cgroups.get(id).handOver(user, descendants);
        } catch (IOException e) {
            throw new IOException(
                    "the cgroup of container " + id + " cannot be handed to user " + user + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    /** What was made below goes with the cgroup. */
    @Override
    public void cleanup(ContainerId id) {}
}
