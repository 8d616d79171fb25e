package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A setting of a cgroup by its control file on either version: found, read and written without the code under test. */
enum ControlFile {
    CPU_SHARES("cpu", "cpu.shares", "cpu.weight"),
    CPU_QUOTA("cpu", "cpu.cfs_quota_us", "cpu.max"),
    CPU_BURST("cpu", "cpu.cfs_burst_us", "cpu.max.burst"),
    MEMORY_LIMIT("memory", "memory.limit_in_bytes", "memory.max"),
    MEMORY_SOFT_LIMIT("memory", "memory.soft_limit_in_bytes", "memory.low"),
    SWAP_LIMIT("memory", "memory.memsw.limit_in_bytes", "memory.swap.max"),
    PIDS_MAX("pids", "pids.max", "pids.max"),
    CPUSET_CPUS("cpuset", "cpuset.cpus", "cpuset.cpus"),
    FREEZER("freezer", "freezer.state", "cgroup.freeze"),
    PROCS("pids", "cgroup.procs", "cgroup.procs");

    private final String controller;
    private final String v1;
    private final String v2;

    ControlFile(String controller, String v1, String v2) {
        this.controller = controller;
        this.v1 = v1;
        this.v2 = v2;
    }

    /** {@return the controller that it is a setting of} */
    String controller() {
        return controller;
    }

    /** {@return the file's name on this host} */
    String file() throws IOException {
        return either(v1, v2);
    }

    /** {@return that of two texts which is about the version that has the controller on this host} */
    String either(String onV1, String onV2) throws IOException {
        return CgroupMount.of(controller).isV2() ? onV2 : onV1;
    }

    /** {@return where it is in a cgroup of a test's, given as a path below the test's topmost} */
    Path of(TestRoot root, String cgroup) throws IOException {
        return CgroupMount.of(controller).directory(root).resolve(cgroup).resolve(file());
    }

    String read(TestRoot root, String cgroup) throws IOException {
        return Files.readString(of(root, cgroup)).strip();
    }
}
