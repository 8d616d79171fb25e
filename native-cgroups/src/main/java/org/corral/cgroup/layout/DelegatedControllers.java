package org.corral.cgroup.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which v2 controllers the containers below a root can have. What the top of the hierarchy offers need not reach them: a
 * level gives on what is in its {@code cgroup.subtree_control}, and who may not write that file, as below a cgroup that was
 * delegated, cannot add to it. Source: admin-guide/cgroup-v2.rst, sections Top-down Constraint and Delegation.
 */
public final class DelegatedControllers {

    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";

    private DelegatedControllers() {}

    /** {@return the layout without the bindings of v2 controllers that do not reach a root, which get a reason instead} */
    public static CgroupLayout restrict(CgroupLayout layout, CgroupRoot root) throws IOException {
        Map<Controller, Hierarchy> kept = new EnumMap<>(Controller.class);
        kept.putAll(layout.bindings());
        for (Hierarchy hierarchy : layout.boundHierarchies()) {
            if (hierarchy.version() == CgroupVersion.V2) {
                Set<Controller> reaching = reaching(hierarchy, root);
                kept.entrySet()
                        .removeIf(binding -> binding.getValue().equals(hierarchy)
                                && binding.getKey().v2Name().isPresent()
                                && !reaching.contains(binding.getKey()));
            }
        }
        return new CgroupLayout(layout.hierarchies(), kept, reasons(layout, kept.keySet(), root), layout.ignored());
    }

    private static Set<Controller> reaching(Hierarchy hierarchy, CgroupRoot root) throws IOException {
        Set<Controller> reaching = hierarchy.controllers();
        Path level = hierarchy.mountPoint();
        for (String name : root.path().substring(1).split("/", -1)) {
            boolean mayAdd = Files.isWritable(level.resolve(SUBTREE_CONTROL));
            level = level.resolve(name);
            if (!Files.isDirectory(level)) {
                return reaching; // made by this process, as all below it
            }
            Set<Controller> given = given(level);
            if (mayAdd) {
                given.addAll(reaching);
            }
            reaching = given;
        }
        return reaching;
    }

    private static Set<Controller> given(Path level) throws IOException {
        Set<Controller> given = EnumSet.noneOf(Controller.class);
        Arrays.stream(Files.readString(level.resolve(CONTROLLERS)).strip().split(" ", -1))
                .flatMap(name -> Controller.ofV2Name(name).stream())
                .forEach(given::add);
        return given;
    }

    private static Map<Controller, String> reasons(CgroupLayout layout, Set<Controller> kept, CgroupRoot root) {
        Map<Controller, String> reasons = new EnumMap<>(Controller.class);
        reasons.putAll(layout.unavailable());
        layout.bindings().keySet().stream()
                .filter(controller -> !kept.contains(controller))
                .forEach(lost -> reasons.put(lost, reason(lost, root)));
        return reasons;
    }

    private static String reason(Controller lost, CgroupRoot root) {
        return "is not given as far as " + root.path() + " and this user may not add it above: have it delegated too"
                + " (systemd: Delegate=" + lost.v2Name().orElse("yes") + "), or run as root";
    }
}
