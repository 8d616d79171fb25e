package org.corral.core;

import java.util.regex.Pattern;

/**
 * The files that the kernel has in each cgroup of v1 or v2, beside those of its controllers: no cgroup below can bear their names.
 * Kernel: admin-guide/cgroup-v1/cgroups.rst, admin-guide/cgroup-v2.rst, “Core Interface Files”.
 */
public final class KernelFiles {

    private static final Pattern NAMES = Pattern.compile("cgroup\\..*|tasks|notify_on_release|release_agent");

    private KernelFiles() {}

    /** {@return whether a name is one of theirs} */
    public static boolean include(String name) {
        return NAMES.matcher(name).matches();
    }
}
