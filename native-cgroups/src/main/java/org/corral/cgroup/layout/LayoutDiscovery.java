package org.corral.cgroup.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.linux.Linux;
import org.corral.linux.mount.MountPoint;
import org.corral.linux.mount.MountTable;
import org.corral.linux.process.ProcessCgroups;

/**
 * Finds out how cgroups are laid out on a host. Assumes no place and no mode: what counts is what is mounted, what the
 * opened mount points turn out to be, and what they say they carry.
 *
 * <p>Sources: cgroups(7); kernel admin-guide/cgroup-v1/cgroups.rst and admin-guide/cgroup-v2.rst.
 */
public final class LayoutDiscovery {

    private static final String OWN_CGROUPS = "/proc/self/cgroup";
    private static final String KERNEL_CONTROLLERS = "/proc/cgroups";
    private static final String USUAL_PLACE = "/sys/fs/cgroup";

    private final Linux linux;
    private final List<Hierarchy> hierarchies = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private LayoutDiscovery(Linux linux) {
        this.linux = linux;
    }

    /**
     * Looks at a host. A mount that cannot be used is left out with a reason; a controller that cannot be used too.
     *
     * @return the layout; one without hierarchies on a host where none is mounted
     * @throws IOException if {@code /proc/self/mountinfo} cannot be read
     */
    public static CgroupLayout discover(Linux linux) throws IOException {
        return new LayoutDiscovery(linux).discover();
    }

    private CgroupLayout discover() throws IOException {
        ProcessCgroups own = ProcessCgroups.parse(text(OWN_CGROUPS).orElse(""));
        HierarchyProbe probe = new HierarchyProbe(linux, own);
        MountTable.read(linux).visible().stream()
                .filter(HierarchyProbe::isCgroup)
                .forEach(mount -> add(mount, probe));
        return bind(KernelControllers.parse(text(KERNEL_CONTROLLERS)));
    }

    private void add(MountPoint mount, HierarchyProbe probe) {
        try {
            hierarchies.add(probe.probe(mount));
        } catch (IOException e) {
            ignored.add(mount.mountPoint() + ": " + e.getMessage());
        }
    }

    private CgroupLayout bind(KernelControllers kernel) {
        ControllerBinder binder = new ControllerBinder(hierarchies, kernel, linux.path(USUAL_PLACE));
        Map<Controller, Hierarchy> bindings = new EnumMap<>(Controller.class);
        Map<Controller, String> unavailable = new EnumMap<>(Controller.class);
        for (Controller controller : Controller.values()) {
            binder.hierarchyOf(controller)
                    .ifPresentOrElse(
                            hierarchy -> bindings.put(controller, hierarchy),
                            () -> unavailable.put(controller, binder.reason(controller)));
        }
        return new CgroupLayout(hierarchies, bindings, unavailable, ignored);
    }

    private Optional<String> text(String file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(linux.path(file)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
