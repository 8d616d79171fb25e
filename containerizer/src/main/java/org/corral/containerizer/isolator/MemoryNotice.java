package org.corral.containerizer.isolator;

import java.util.Locale;
import org.corral.core.event.PressureLevel;

/** What the kernel notifies of in a v1 memory cgroup, thresholds aside. Kernel: admin-guide/cgroup-v1/memory.rst. */
enum MemoryNotice {
    /** Memory ran out here or above. */
    OOM("memory.oom_control", ""),
    /** Memory is being reclaimed. */
    LOW("memory.pressure_level", "low"),
    /** And that is hard by now. */
    MEDIUM("memory.pressure_level", "medium"),
    /** And it hardly helps. */
    CRITICAL("memory.pressure_level", "critical");

    private final String file;
    private final String arguments;

    MemoryNotice(String file, String arguments) {
        this.file = file;
        this.arguments = arguments;
    }

    static MemoryNotice of(PressureLevel level) {
        return valueOf(level.name().toUpperCase(Locale.ROOT));
    }

    /** {@return the control file that an eventfd is connected with} */
    String file() {
        return file;
    }

    /** {@return what the file wants to know} */
    String arguments() {
        return arguments;
    }
}
