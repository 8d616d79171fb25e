package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.OfferedIsolator;
import org.corral.containerizer.json.Json;
import org.corral.linux.FeatureStatus;

/** The facts of a host for programs. */
final class HostFactsJson {

    private HostFactsJson() {}

    static String text(HostFacts facts) throws IOException {
        return Json.text(json -> json.object(fields -> write(fields, facts)));
    }

    private static void write(Json json, HostFacts facts) throws IOException {
        CgroupLayout layout = facts.layout();
        json.strings("isolation", facts.isolation())
                .strings("remarks", facts.remarks())
                .string("root", facts.root().path())
                .string("runtimeDirectory", facts.runtimeDirectory().toString())
                .array("hierarchies", layout.hierarchies(), (item, found) -> item.object(o -> hierarchy(o, found)))
                .array(
                        "controllers",
                        Arrays.asList(Controller.values()),
                        (item, controller) -> item.object(o -> controller(o, layout, controller)))
                .strings("ignoredMounts", layout.ignored())
                .array("features", facts.features(), (item, status) -> item.object(o -> feature(o, status)))
                .array("isolators", facts.isolators(), (item, offered) -> item.object(o -> isolator(o, offered)));
    }

    private static void hierarchy(Json json, Hierarchy hierarchy) throws IOException {
        json.number("version", version(hierarchy))
                .string("mountPoint", hierarchy.mountPoint().toString())
                .string("ownPath", hierarchy.ownPath())
                .strings(
                        "controllers",
                        hierarchy.controllers().stream()
                                .sorted()
                                .map(controller -> controller.nameIn(hierarchy.version()))
                                .toList())
                .flag("writable", hierarchy.writable())
                .string("name", hierarchy.name().isEmpty() ? null : hierarchy.name());
    }

    private static OptionalLong version(Hierarchy hierarchy) {
        return OptionalLong.of(hierarchy.version() == CgroupVersion.V1 ? 1 : 2);
    }

    private static void controller(Json json, CgroupLayout layout, Controller controller) throws IOException {
        json.string("name", controller.toString())
                .number(
                        "version",
                        layout.hierarchyOf(controller)
                                .map(HostFactsJson::version)
                                .orElse(OptionalLong.empty()))
                .string(
                        "mountPoint",
                        layout.hierarchyOf(controller)
                                .map(found -> found.mountPoint().toString())
                                .orElse(null))
                .string("reason", layout.unavailable().get(controller));
    }

    private static void feature(Json json, FeatureStatus status) throws IOException {
        json.string("name", status.feature().name().toLowerCase(Locale.ROOT))
                .flag("available", status.isAvailable())
                .string("reason", status.cause().orElse(null));
    }

    private static void isolator(Json json, OfferedIsolator offered) throws IOException {
        json.string("name", offered.name())
                .flag("available", offered.obstacle().isEmpty())
                .string("reason", offered.obstacle().orElse(null))
                .string("provider", offered.provider().orElse(null));
    }
}
