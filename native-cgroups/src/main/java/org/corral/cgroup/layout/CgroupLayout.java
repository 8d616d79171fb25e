package org.corral.cgroup.layout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hierarchies of a host, and which one each controller is bound to. Each controller is bound on its own, so that
 * a host which has some on v1 and some on v2 needs no special case. Immutable.
 *
 * @param hierarchies all that are mounted, in the order of their mounts
 * @param bindings for each controller that can be used, its hierarchy
 * @param unavailable for each controller that cannot be used, why
 * @param ignored for each cgroup mount that was left out, where it is and why
 */
public record CgroupLayout(
        List<Hierarchy> hierarchies,
        Map<Controller, Hierarchy> bindings,
        Map<Controller, String> unavailable,
        List<String> ignored) {

    /** Copies the collections. */
    public CgroupLayout {
        hierarchies = List.copyOf(hierarchies);
        bindings = Map.copyOf(bindings);
        unavailable = Map.copyOf(unavailable);
        ignored = List.copyOf(ignored);
    }

    /** Makes a layout of which no mount was left out. */
    public CgroupLayout(
            List<Hierarchy> hierarchies, Map<Controller, Hierarchy> bindings, Map<Controller, String> unavailable) {
        this(hierarchies, bindings, unavailable, List.of());
    }

    /** {@return the hierarchy of a controller, empty if it cannot be used} */
    public Optional<Hierarchy> hierarchyOf(Controller controller) {
        return Optional.ofNullable(bindings.get(controller));
    }

    /** {@return the hierarchies that some controller is bound to, each once, in the order of their mounts} */
    public List<Hierarchy> boundHierarchies() {
        Set<Hierarchy> bound = new LinkedHashSet<>(hierarchies);
        bound.retainAll(bindings.values());
        return new ArrayList<>(bound);
    }

    /** {@return the v2 names of the controllers bound to a hierarchy, without those that need not be switched on} */
    public Set<String> v2Names(Hierarchy hierarchy) {
        return bindings.entrySet().stream()
                .filter(binding -> binding.getValue().equals(hierarchy))
                .flatMap(binding -> binding.getKey().v2Name().stream())
                .collect(Collectors.toSet());
    }

    /** {@return this layout with the bindings of some controllers alone} */
    public CgroupLayout only(Set<Controller> controllers) {
        Map<Controller, Hierarchy> kept = new EnumMap<>(Controller.class);
        kept.putAll(bindings);
        kept.keySet().retainAll(controllers);
        return new CgroupLayout(hierarchies, kept, unavailable, ignored);
    }
}
