package org.corral.cgroup.layout;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The controllers of this kernel by {@code /proc/cgroups}. Kernels from 6.14 list those alone that v1 can mount, and one
 * built without v1 may have no such file. Immutable. Source: cgroups(7).
 *
 * @param enabled whether each controller of the file is enabled, by its v1 name; empty if there is no such file
 */
record KernelControllers(Optional<Map<String, Boolean>> enabled) {

    private static final String HEADER = "#";
    private static final int FIELDS = 4;

    KernelControllers {
        enabled = enabled.map(Map::copyOf);
    }

    static KernelControllers parse(Optional<String> procCgroups) {
        return new KernelControllers(procCgroups.map(KernelControllers::enabledByName));
    }

    /** {@return whether the kernel has it, but was told at boot not to use it} */
    boolean isDisabled(Controller controller) {
        return enabled.map(all -> Boolean.FALSE.equals(all.get(controller.v1Name())))
                .orElse(false);
    }

    /** {@return whether the kernel was built without it, as far as v1 goes; false if the kernel does not tell} */
    boolean isMissing(Controller controller) {
        return enabled.map(all -> !all.containsKey(controller.v1Name())).orElse(false);
    }

    /** Lines are {@code name hierarchy num_cgroups enabled}, separated by tabs. */
    private static Map<String, Boolean> enabledByName(String text) {
        Map<String, Boolean> enabled = new LinkedHashMap<>();
        text.lines()
                .filter(line -> !line.startsWith(HEADER))
                .map(line -> line.split("\\s+"))
                .filter(fields -> fields.length >= FIELDS)
                .forEach(fields -> enabled.put(fields[0], !fields[FIELDS - 1].equals("0")));
        return enabled;
    }
}
