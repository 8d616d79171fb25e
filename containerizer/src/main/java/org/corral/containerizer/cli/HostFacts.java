package org.corral.containerizer.cli;

import java.nio.file.Path;
import java.util.List;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.containerizer.OfferedIsolator;
import org.corral.linux.FeatureStatus;

/**
 * What {@code corral info} tells. Immutable.
 *
 * @param layout the hierarchies and the binding of each controller
 * @param root where containers would be made
 * @param runtimeDirectory where they would be written down
 * @param isolation what {@code auto} would pick
 * @param remarks what there is to say of that choice
 * @param features what the kernel can do for this process
 * @param isolators what can be asked for by name
 */
record HostFacts(
        CgroupLayout layout,
        CgroupRoot root,
        Path runtimeDirectory,
        List<String> isolation,
        List<String> remarks,
        List<FeatureStatus> features,
        List<OfferedIsolator> isolators) {

    HostFacts {
        isolation = List.copyOf(isolation);
        remarks = List.copyOf(remarks);
        features = List.copyOf(features);
        isolators = List.copyOf(isolators);
    }
}
