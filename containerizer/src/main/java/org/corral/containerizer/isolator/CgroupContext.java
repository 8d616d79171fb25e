package org.corral.containerizer.isolator;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.IsolatorContext;

/**
 * What an isolator of somebody else's is given.
 *
 * @param options what was set for it
 * @param cgroups the containers' cgroups
 * @param events told of what happens to containers
 */
record CgroupContext(Map<String, String> options, ContainerCgroups cgroups, Consumer<? super ContainerEvent> events)
        implements IsolatorContext {

    CgroupContext {
        options = Map.copyOf(options);
    }

    @Override
    public Optional<Path> cgroup(ContainerId id, String controller) {
        Controller known = Controller.ofV1Name(controller)
                .orElseThrow(() -> new IllegalArgumentException(
                        "controller '" + controller + "' is unknown: give its v1 name, as memory or blkio"));
        return cgroups.find(id)
                .flatMap(cgroup -> cgroup.directory(known))
                .map(directory -> Path.of(directory.toString()));
    }

    @Override
    public void tell(ContainerEvent event) {
        events.accept(event);
    }
}
