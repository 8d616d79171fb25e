package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code cgroups/all}: no isolator itself, but a name for all those of cgroups whose controllers this host has, as Mesos
 * has it. Others of cgroups that are named beside it are part of it already.
 */
public final class CgroupsAll {

    static final String NAME = "cgroups/all";

    private CgroupsAll() {}

    /**
     * {@return an isolation with the isolators that the name stands for in its place; any other isolation as it is}
     *
     * @param usable whether this host has what an isolator needs
     * @param remarks gets a line for each isolator that need not have been named
     * @throws IOException if it stands for none here
     * @throws IllegalArgumentException if two are of one kind then, as {@code posix/cpu} and {@code cgroups/cpu}
     */
    public static Isolation expand(
            Isolation asked, IsolatorRegistry registry, Predicate<RegisteredIsolator> usable, List<String> remarks)
            throws IOException {
        if (!asked.names().contains(NAME)) {
            return asked;
        }
        List<String> expanded = new ArrayList<>();
        for (String name : asked.names()) {
            if (name.equals(NAME)) {
                expanded.addAll(namesOfAll(registry, usable));
            } else if (isPart(name)) {
                remarks.add("isolation '" + name + "' has no effect beside " + NAME);
            } else {
                expanded.add(name);
            }
        }
        return new Isolation(asked.isAuto(), expanded);
    }

    /** What gives a container a right is to be asked for. */
    private static boolean isPart(String name) {
        return name.startsWith("cgroups/") && !name.equals(NAME) && !name.equals(CgroupsDelegate.NAME);
    }

    private static List<String> namesOfAll(IsolatorRegistry registry, Predicate<RegisteredIsolator> usable)
            throws IOException {
        List<String> names = registry.all().stream()
                .filter(isolator -> isPart(isolator.name()))
                .filter(usable)
                .map(RegisteredIsolator::name)
                .toList();
        if (names.isEmpty()) {
            throw new IOException(NAME + " cannot be used: no controller is bound, see 'corral info' for the reasons");
        }
        return names;
    }
}
