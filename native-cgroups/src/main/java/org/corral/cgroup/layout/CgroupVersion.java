package org.corral.cgroup.layout;

/** The two interfaces of the kernel to cgroups, alike in idea and different in nearly every file. */
public enum CgroupVersion {
    /** Any number of hierarchies, each with controllers of its own. Kernel: admin-guide/cgroup-v1. */
    V1,
    /** One hierarchy for all controllers. Kernel: admin-guide/cgroup-v2.rst. */
    V2
}
