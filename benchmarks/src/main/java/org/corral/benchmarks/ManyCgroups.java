package org.corral.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.linux.Linux;

/** Empty cgroups of the controllers that are sampled, of one trial. */
public final class ManyCgroups implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<Controller> SAMPLED =
            Set.of(Controller.CPU, Controller.CPUACCT, Controller.MEMORY, Controller.PIDS);

    private final CgroupLayout layout;
    private final CgroupTree tree;
    private final List<Cgroup> cgroups = new ArrayList<>();

    /** Makes that many. */
    public ManyCgroups(Linux linux, int count) throws IOException {
        layout = LayoutDiscovery.discover(linux).only(SAMPLED);
        tree = new CgroupTree(
                linux,
                layout,
                CgroupPath.of("/corral-bench-" + linux.processes().pid()));
        for (int i = 0; i < count; i++) {
            cgroups.add(tree.create("many-" + i, "benchmarks"));
        }
    }

    /** {@return where they are} */
    public CgroupLayout layout() {
        return layout;
    }

    /** {@return them} */
    public List<Cgroup> all() {
        return cgroups;
    }

    @Override
    public void close() throws IOException {
        for (Cgroup cgroup : cgroups) {
            cgroup.delete(PATIENCE);
            cgroup.close();
        }
        tree.removeIfEmpty();
    }
}
