package org.corral.containerizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.isolator.CgroupsAll;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.containerizer.isolator.RegisteredIsolator;
import org.corral.linux.Feature;
import org.corral.linux.FeatureStatus;

/** Which isolators this host and this user allow, and why not. Immutable. */
final class Usability {

    private static final List<String> BY_CGROUPS = List.of("cgroups/cpu", "cgroups/mem", "cgroups/pids");

    /** What few ask for: it does nothing unasked but count, and nobody needs to be told where it is not to be had. */
    private static final List<String> ON_DEMAND = List.of("cgroups/cpuset", "cgroups/blkio", "cgroups/hugetlb");

    private static final List<String> BY_PROC = List.of("posix/cpu", "posix/mem");

    private final CgroupLayout layout;
    private final String root;
    private final IsolatorRegistry registry;
    private final Function<Feature, FeatureStatus> features;

    /** Asks for a kernel's features only where an isolator needs one. */
    Usability(CgroupLayout layout, String root, IsolatorRegistry registry, Function<Feature, FeatureStatus> features) {
        this.features = features;
        this.layout = layout;
        this.root = root;
        this.registry = registry;
    }

    /** {@return the isolators to take where the choice is ours; what is not to be had is remarked in one line} */
    Isolation best(List<String> remarks) {
        Optional<String> obstacle = writableObstacle();
        if (obstacle.isPresent()) {
            remarks.add("limits are not enforced, use is measured with " + String.join(",", BY_PROC) + ": "
                    + obstacle.get());
            return new Isolation(BY_PROC);
        }
        List<String> usable = Stream.concat(BY_CGROUPS.stream(), ON_DEMAND.stream())
                .filter(name -> controllerObstacle(name).isEmpty())
                .toList();
        BY_CGROUPS.forEach(name -> controllerObstacle(name).ifPresent(remarks::add));
        Stream<String> replaced =
                BY_PROC.stream().filter(name -> usable.stream().noneMatch(kindOf(name)::equals));
        return new Isolation(Stream.concat(usable.stream(), replaced).toList());
    }

    private static String kindOf(String posixName) {
        return posixName.replace("posix/", "cgroups/");
    }

    /** {@return an isolation with what {@code cgroups/all} stands for here in its place} */
    Isolation expand(Isolation asked, List<String> remarks) throws IOException {
        return CgroupsAll.expand(
                asked, registry, isolator -> controllerObstacle(isolator.name()).isEmpty(), remarks);
    }

    /** {@return why some isolator of these cannot work here, empty if all can} */
    Optional<String> obstacle(Isolation isolation) {
        Optional<String> missing = isolation.names().stream()
                .flatMap(name -> Stream.of(controllerObstacle(name), versionObstacle(name), featureObstacle(name)))
                .flatMap(Optional::stream)
                .findFirst();
        return missing.isPresent() || !registry.usesCgroups(isolation) ? missing : writableObstacle();
    }

    /** {@return why this isolator cannot work here, empty if it can} */
    Optional<String> obstacle(RegisteredIsolator isolator) {
        return obstacle(new Isolation(List.of(isolator.name())));
    }

    private Optional<String> controllerObstacle(String name) {
        return registry.get(name).controllers().stream()
                .sorted()
                .filter(controller -> layout.hierarchyOf(controller).isEmpty())
                .map(controller -> name + " cannot be used: controller " + controller + " "
                        + layout.unavailable().getOrDefault(controller, "is not bound"))
                .findFirst();
    }

    private Optional<String> versionObstacle(String name) {
        return registry.get(name)
                .version()
                .filter(version -> layout.boundHierarchies().stream().noneMatch(bound -> bound.version() == version))
                .map(version -> name + " cannot be used: no controller is bound to cgroup " + version);
    }

    private Optional<String> featureObstacle(String name) {
        return registry.get(name).features().stream()
                .sorted()
                .map(features)
                .filter(status -> !status.isAvailable())
                .map(status -> name + " cannot be used, it needs " + status.feature() + " ("
                        + status.feature().since() + ", as root): "
                        + status.cause().orElseThrow())
                .findFirst();
    }

    private Optional<String> writableObstacle() {
        List<Hierarchy> bound = layout.boundHierarchies();
        if (bound.isEmpty()) {
            return Optional.of("no cgroup hierarchy is mounted");
        }
        return bound.stream()
                .map(this::writableObstacle)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> writableObstacle(Hierarchy hierarchy) {
        if (!hierarchy.writable()) {
            return Optional.of(
                    hierarchy.mountPoint()
                            + " is mounted read-only: remount it read-write; in a container, run that with its cgroups writable");
        }
        Path lowest = lowestExisting(hierarchy);
        return Files.isWritable(lowest)
                ? Optional.empty()
                : Optional.of("cgroups below " + lowest
                        + " may not be made by this user: run as root, or in a delegated cgroup");
    }

    private Path lowestExisting(Hierarchy hierarchy) {
        Path path = hierarchy.mountPoint().resolve(root.substring(1));
        while (!Files.isDirectory(path) && path.startsWith(hierarchy.mountPoint()) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
