package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.usage.ContainerUsage;

/**
 * An isolator of which all that it does to a container is in the files of one controller in the container's cgroup: to
 * prepare is to write them for the first time, and they go with the cgroup. Need know of no container itself.
 */
abstract class ControllerIsolator implements Isolator {

    private final String name;
    private final ContainerCgroups cgroups;
    private final Controller controller;

    ControllerIsolator(String name, ContainerCgroups cgroups, Controller controller) {
        this.name = name;
        this.cgroups = cgroups;
        this.controller = controller;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        limit(id, files(id), request.resources());
        return Contribution.NONE;
    }

    /** Writes what is asked for; nothing, for a controller that limits nothing. */
    void limit(ContainerId id, ControlFiles files, Resources wanted) throws IOException {}

    @Override
    public LimitChange plan(ContainerId id, ResourceUpdate update) throws IOException {
        return new FilesChange(files(id), files -> limit(id, files, update.wanted()));
    }

    @Override
    public final void update(ContainerId id, Resources resources) throws IOException {
        plan(id, ResourceUpdate.to(resources)).apply();
    }

    /** {@return nothing, for a controller that counts nothing} */
    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return ContainerUsage.nothing(Instant.now());
    }

    /** Nothing is left but the cgroup, which is not this isolator's. */
    @Override
    public void cleanup(ContainerId id) {}

    final ContainerCgroups cgroups() {
        return cgroups;
    }

    final Cgroup cgroup(ContainerId id) throws IOException {
        return cgroups.get(id);
    }

    final ControlFiles files(ContainerId id) throws IOException {
        return Bound.files(cgroups.get(id), controller);
    }
}
