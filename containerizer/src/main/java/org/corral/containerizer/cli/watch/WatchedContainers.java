package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.util.List;
import org.corral.cgroup.sample.Ranked;
import org.corral.containerizer.ContainerSampler;
import org.corral.core.ContainerId;

/** The containers that are watched: some that were chosen, or all there are. Confined to one thread. */
final class WatchedContainers {

    private final ContainerSampler sampler;
    private final List<ContainerId> chosen;
    private int unseen;

    /** Watches these, all if there are none. */
    WatchedContainers(ContainerSampler sampler, List<ContainerId> chosen) {
        this.sampler = sampler;
        this.chosen = List.copyOf(chosen);
    }

    /** Looks who is there, and what they use. */
    void refresh() throws IOException {
        unseen = chosen.isEmpty() ? sampler.follow() : sampler.follow(chosen);
        sampler.usage().sampleAll();
    }

    /** {@return how many of them cannot be seen, as they have no cgroups} */
    int unseen() {
        return unseen;
    }

    int count() {
        return sampler.usage().count();
    }

    /** {@return the first of them, at most that many} */
    List<Ranked> first(SortOrder order, int most) {
        return sampler.usage().top(order.ranking(), Math.max(1, most));
    }
}
