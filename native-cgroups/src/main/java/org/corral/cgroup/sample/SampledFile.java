package org.corral.cgroup.sample;

import java.util.List;
import java.util.Optional;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;

/**
 * A control file that is sampled. Immutable.
 *
 * @param fileClass what it is read with
 * @param controller whose it is, empty for a file that every v2 cgroup has
 * @param names of which the first that is there is read
 * @param format what is in it
 */
record SampledFile(FileClass fileClass, Optional<Controller> controller, List<String> names, Format format) {

    SampledFile {
        names = List.copyOf(names);
    }

    /** {@return whether cgroups have it in that hierarchy} */
    boolean isIn(Hierarchy hierarchy, CgroupLayout layout) {
        return controller.isPresent()
                ? layout.hierarchyOf(controller.get()).equals(Optional.of(hierarchy))
                : hierarchy.version() == CgroupVersion.V2;
    }

    /** {@return the directory that it is in, empty if the cgroup has none in that hierarchy} */
    Optional<CgroupDir> directory(Cgroup cgroup) {
        return controller.isPresent() ? cgroup.directory(controller.get()) : cgroup.birthplace();
    }
}
