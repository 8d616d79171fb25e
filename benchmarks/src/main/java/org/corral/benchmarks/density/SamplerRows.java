package org.corral.benchmarks.density;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.core.ContainerId;
import org.corral.harness.Footprint;

/**
 * Measures what the rows of a sampler take: columns, and files that stay open. The directories of the cgroups, which it is given and
 * an agent may have anyway, are not in it. Confined to one thread.
 */
final class SamplerRows implements AutoCloseable {

    private final DensityHost host;
    private final UsageSampler sampler;
    private final List<Cgroup> cgroups = new ArrayList<>();

    SamplerRows(DensityHost host, Set<UsageColumn> columns) {
        this.host = host;
        this.sampler = new UsageSampler(host.tree().linux(), host.tree().layout(), columns);
    }

    /** {@return what one container's takes} */
    Figures.PerContainer measure() throws IOException {
        CgroupTree tree = new CgroupTree(
                host.tree().linux(), sampler.layout(), host.tree().root());
        for (ContainerId id : host.containers().containers()) {
            tree.open(id.value()).ifPresent(cgroups::add);
        }
        Footprint before = Footprint.now();
        cgroups.forEach(sampler::add);
        sampler.sampleAll(); // opens their files
        return Figures.PerContainer.between(before, Footprint.now(), cgroups.size());
    }

    @Override
    public void close() {
        sampler.close();
        cgroups.forEach(Cgroup::close);
    }
}
