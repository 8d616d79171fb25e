package org.corral.containerizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.ForeignCgroupException;
import org.corral.cgroup.sample.ResourceStatistics;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.Sampling;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.NestedContainerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples what containers use, by their ids: the containers of all agents with one root, if they have cgroups. What it costs is the
 * {@link UsageSampler}'s, which this one fills. See {@link Corral#sampler}. Thread-safe.
 */
public final class ContainerSampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerSampler.class);

    private final CgroupTree tree;
    private final StateStore store;
    private final UsageSampler usage;
    private final Map<ContainerId, SampledCgroup> sampled = new HashMap<>();

    ContainerSampler(CgroupTree tree, StateStore store, Set<UsageColumn> columns) {
        this.store = store;
        this.usage = new UsageSampler(tree.linux(), tree.layout(), columns);
        this.tree = new CgroupTree(tree.linux(), usage.layout(), tree.root());
    }

    /** {@return what samples them: for {@link UsageSampler#sampleAll}, {@link Sampling#start} and {@link UsageSampler#top}} */
    public UsageSampler usage() {
        return usage;
    }

    /** {@return the container that a sampled cgroup is of} */
    public static ContainerId idOf(SampledCgroup cgroup) {
        return ContainerId.of(cgroup.cgroup().path().name());
    }

    /**
     * Samples a container from now on.
     *
     * @return false if it has no cgroup with what is wanted: it is gone, or its isolators use none
     * @throws NestedContainerException for a nested one
     * @throws ForeignCgroupException if a cgroup of its name is there that Corral did not make
     * @throws IOException if its cgroup cannot be opened, EMFILE among others
     */
    public synchronized boolean add(ContainerId id) throws IOException {
        if (id.parent().isPresent()) {
            throw new NestedContainerException(id);
        }
        SampledCgroup known = sampled.get(id);
        if (known != null && !known.isGone()) {
            return true;
        }
        remove(id);
        Optional<Cgroup> cgroup = tree.openOwn(id.value());
        cgroup.ifPresent(found -> sampled.put(id, usage.add(found)));
        return cgroup.isPresent();
    }

    /** Samples a container no more; does nothing if it is not sampled. */
    public synchronized void remove(ContainerId id) {
        SampledCgroup known = sampled.remove(id);
        if (known != null) {
            usage.remove(known);
            known.cgroup().close();
        }
    }

    /**
     * Samples all containers that there are now, and no others. To be called again and again, as they come and go.
     *
     * @return how many containers there are that cannot be sampled, as those whose isolators use no cgroups
     * @throws IOException if the runtime directory cannot be read
     */
    public int follow() throws IOException {
        return follow(store.ids());
    }

    /**
     * Samples those of some containers that there are now, and no others.
     *
     * @return how many of them cannot be sampled
     */
    public synchronized int follow(Collection<ContainerId> ids) {
        List<ContainerId> others =
                sampled.keySet().stream().filter(id -> !ids.contains(id)).toList();
        others.forEach(this::remove);
        return (int) ids.stream().filter(id -> !canAdd(id)).count();
    }

    /** One that fails does not keep the others from being seen. */
    private boolean canAdd(ContainerId id) {
        try {
            return add(id);
        } catch (IOException e) {
            LOG.debug("container {} is not sampled", id, e);
            return false;
        }
    }

    /** {@return what the latest sample of a container tells; empty if it is not sampled} */
    public synchronized Optional<ResourceStatistics> statistics(ContainerId id) {
        return Optional.ofNullable(sampled.get(id)).map(SampledCgroup::statistics);
    }

    /** Samples nothing any more. A {@link Sampling} of it is to be closed before. */
    @Override
    public synchronized void close() {
        new ArrayList<>(sampled.keySet()).forEach(this::remove);
        usage.close();
    }
}
