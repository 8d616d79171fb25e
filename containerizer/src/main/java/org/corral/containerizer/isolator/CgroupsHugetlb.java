package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.HugetlbController;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.ContainerUsage;

/**
 * {@code cgroups/hugetlb}: how many huge pages of each size there may be, and are. Beyond the limit mmap(2) fails with
 * ENOMEM, before Linux 5.7 the use of the page with SIGBUS. The host's pool of pages is not touched.
 */
public final class CgroupsHugetlb extends ControllerIsolator {

    /** Makes it. */
    public CgroupsHugetlb(ContainerCgroups cgroups) {
        super("cgroups/hugetlb", cgroups, Controller.HUGETLB);
    }

    @Override
    void limit(ContainerId id, ControlFiles files, Resources resources) throws IOException {
        HugetlbController hugetlb = HugetlbController.of(files);
        for (Map.Entry<DataSize, Maximum> size : resources.hugetlb().limits().entrySet()) {
            Limit limit = new Limit(size.getValue().value());
            Outcomes.require(hugetlb.setLimit(size.getKey(), limit));
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return ContainerUsage.nothing(Instant.now()).with(hugetlb(id).usage());
    }

    private HugetlbController hugetlb(ContainerId id) throws IOException {
        return HugetlbController.of(files(id));
    }
}
