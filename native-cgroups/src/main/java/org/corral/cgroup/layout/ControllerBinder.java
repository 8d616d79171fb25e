package org.corral.cgroup.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds each controller's hierarchy, or the reason why it has none. Knows nothing of the host but what it is given. */
final class ControllerBinder {

    private final List<Hierarchy> candidates;
    private final KernelControllers kernel;

    /**
     * Makes a binder.
     *
     * @param usualPlace where hierarchies are usually mounted; one mounted there is preferred to the same elsewhere
     */
    ControllerBinder(List<Hierarchy> hierarchies, KernelControllers kernel, Path usualPlace) {
        this.candidates = new ArrayList<>(hierarchies);
        this.kernel = kernel;
        candidates.sort(
                Comparator.comparing(hierarchy -> !hierarchy.mountPoint().startsWith(usualPlace)));
    }

    /** {@return the v1 hierarchy that carries it, else v2 if it is offered there, else v2 if it needs no offer} */
    Optional<Hierarchy> hierarchyOf(Controller controller) {
        return first(hierarchy -> isV1(hierarchy) && hierarchy.controllers().contains(controller))
                .or(() -> first(hierarchy -> hierarchy.controllers().contains(controller)))
                .or(() -> needsNoOffer(controller) ? unified() : Optional.empty());
    }

    /** perf_event has no files on either version: a kernel that was built with it always lists it. */
    private boolean needsNoOffer(Controller controller) {
        return controller.isPartOfV2Core() && (controller != Controller.PERF_EVENT || !kernel.isMissing(controller));
    }

    /** {@return why a controller without a hierarchy has none, and what would help} */
    String reason(Controller controller) {
        if (kernel.isDisabled(controller)) {
            return "disabled in /proc/cgroups: boot without cgroup_disable=" + controller + ", or with cgroup_enable="
                    + controller;
        }
        if (kernel.isMissing(controller)) {
            return "this kernel was built without it: /proc/cgroups does not list it" + v2Lists(controller);
        }
        if (candidates.isEmpty()) {
            return "no cgroup hierarchy is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup";
        }
        return unified().map(v2 -> reasonBeside(v2, controller)).orElse("not mounted: ") + mountCommand(controller);
    }

    private static String reasonBeside(Hierarchy v2, Controller controller) {
        if (controller == Controller.DEVICES) {
            return "cgroup v2 needs an eBPF program for it, which Corral does not load; v1 has it: ";
        }
        if (controller.v2Name().isEmpty()) {
            return "cgroup v2 has no such controller; v1 has it: ";
        }
        return "not in " + v2.mountPoint().resolve("cgroup.controllers")
                + ": add it to cgroup.subtree_control above that cgroup, or use v1: ";
    }

    private static String mountCommand(Controller controller) {
        return "mount -t cgroup -o " + controller + " " + controller + " DIRECTORY";
    }

    private String v2Lists(Controller controller) {
        return controller.v2Name().isPresent() && unified().isPresent() ? ", nor does cgroup.controllers" : "";
    }

    private Optional<Hierarchy> unified() {
        return first(hierarchy -> !isV1(hierarchy));
    }

    private Optional<Hierarchy> first(Predicate<Hierarchy> condition) {
        return candidates.stream().filter(condition).findFirst();
    }

    private static boolean isV1(Hierarchy hierarchy) {
        return hierarchy.version() == CgroupVersion.V1;
    }
}
