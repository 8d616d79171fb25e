package org.corral.containerizer.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.OfferedIsolator;
import org.corral.containerizer.cli.show.Shown;
import org.corral.linux.FeatureStatus;

/** The facts of a host for people. */
final class HostFactsText {

    private HostFactsText() {}

    static String text(HostFacts facts) {
        return choice(facts)
                + section("Remarks", lines(facts.remarks()))
                + section("Hierarchies", hierarchies(facts.layout()))
                + section("Controllers", controllers(facts.layout()))
                + section("Ignored mounts", lines(facts.layout().ignored()))
                + section("Kernel features", features(facts.features()))
                + section("Isolators", isolators(facts.isolators()));
    }

    private static String choice(HostFacts facts) {
        return "Isolation  " + String.join(",", facts.isolation()) + '\n'
                + "Root       " + facts.root().path() + '\n'
                + "State in   " + facts.runtimeDirectory() + '\n';
    }

    private static String section(String title, String body) {
        return body.isEmpty() ? "" : '\n' + title + '\n' + body.indent(2);
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private static String hierarchies(CgroupLayout layout) {
        if (layout.hierarchies().isEmpty()) {
            return "none is mounted";
        }
        Table table = new Table("VERSION", "MOUNT POINT", "OWN PATH", "MODE", "CONTROLLERS");
        for (Hierarchy hierarchy : layout.hierarchies()) {
            table.add(
                    version(hierarchy),
                    hierarchy.mountPoint().toString(),
                    hierarchy.ownPath(),
                    hierarchy.writable() ? "rw" : "ro",
                    names(hierarchy));
        }
        return table.toString();
    }

    private static String version(Hierarchy hierarchy) {
        return hierarchy.version().name().toLowerCase(Locale.ROOT);
    }

    private static String names(Hierarchy hierarchy) {
        String names = hierarchy.controllers().stream()
                .sorted()
                .map(controller -> controller.nameIn(hierarchy.version()))
                .collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            return names;
        }
        return hierarchy.name().isEmpty() ? Shown.ABSENT : "name=" + hierarchy.name();
    }

    private static String controllers(CgroupLayout layout) {
        Table table = new Table("CONTROLLER", "VERSION", "BOUND TO");
        for (Controller controller : Controller.values()) {
            layout.hierarchyOf(controller)
                    .ifPresentOrElse(
                            found -> table.add(
                                    controller.nameIn(found.version()),
                                    version(found),
                                    found.mountPoint().toString()),
                            () -> table.add(
                                    controller.toString(),
                                    Shown.ABSENT,
                                    "unavailable: "
                                            + layout.unavailable().getOrDefault(controller, "no reason is known")));
        }
        return table.toString();
    }

    private static String features(List<FeatureStatus> features) {
        Table table = new Table("FEATURE", "STATUS");
        for (FeatureStatus status : features) {
            table.add(
                    status.feature().name().toLowerCase(Locale.ROOT),
                    status.cause().map(cause -> "missing: " + cause).orElse("available"));
        }
        return table.toString();
    }

    private static String isolators(List<OfferedIsolator> isolators) {
        Table table = new Table("ISOLATOR", "STATUS");
        for (OfferedIsolator offered : isolators) {
            String origin = offered.provider().map(type -> ", from " + type).orElse("");
            table.add(offered.name(), offered.obstacle().orElse("available") + origin);
        }
        return table.toString();
    }
}
