package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Looks for mounted hierarchies that this process may make cgroups in. */
final class CgroupProbes {

    private CgroupProbes() {}

    /** On whatever version. */
    static void any(String controller) throws IOException {
        writable(CgroupMount.of(controller));
    }

    static void v1(String controller) throws IOException {
        Optional<CgroupMount> mount = CgroupMount.find(controller).filter(found -> !found.isV2());
        writable(mount.orElseThrow(() -> new IOException("no v1 hierarchy with " + controller + " is mounted")));
    }

    static void v2() throws IOException {
        writable(unified());
    }

    static void v2Bound() throws IOException {
        v2();
        Path offered = unified().point().resolve("cgroup.controllers");
        if (Files.readString(offered).isBlank()) {
            throw new IOException(offered + " is empty");
        }
    }

    static void v2Top() throws IOException {
        v2();
        Path type = unified().directory(unified().ground().orElseThrow()).resolve("cgroup.type");
        if (Files.exists(type)) {
            throw new IOException(type + " is there, so this is not the top");
        }
    }

    static void v2Alone() throws IOException {
        v2();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            if (!mount.isV2()) {
                throw new IOException("a v1 hierarchy is mounted on " + mount.point());
            }
        }
    }

    static void v2(String controller) throws IOException {
        CgroupMount mount = unified();
        if (!mount.offers(controller)) {
            throw new IOException("cgroup.controllers of " + mount.point() + " does not offer it");
        }
        writable(mount);
    }

    /** Missing where the kernel was built or booted without accounting for swap. */
    static void swapLimit() throws IOException {
        any("memory");
        TestRoot probe = new TestRoot("corral-probe-" + ProcessHandle.current().pid(), Path.of("/"));
        Path cgroup = Files.createDirectory(CgroupMount.of("memory").directory(probe));
        try {
            Path limit = cgroup.resolve(ControlFile.SWAP_LIMIT.file());
            if (!Files.exists(limit)) {
                throw new IOException("there is no " + limit.getFileName());
            }
        } finally {
            Files.delete(cgroup);
        }
    }

    /** Linux 6.12 as Debian builds it takes any value and keeps none. */
    static void softLimit() throws IOException {
        any("memory");
        TestRoot probe = new TestRoot("corral-probe-" + ProcessHandle.current().pid(), Path.of("/"));
        Path cgroup = Files.createDirectory(CgroupMount.of("memory").directory(probe));
        try {
            Path limit = cgroup.resolve(ControlFile.MEMORY_SOFT_LIMIT.file());
            Files.writeString(limit, "4096", StandardOpenOption.WRITE);
            if (!Files.readString(limit).strip().equals("4096")) {
                throw new IOException(limit.getFileName() + " takes any value and keeps none");
            }
        } finally {
            Files.delete(cgroup);
        }
    }

    private static CgroupMount unified() throws IOException {
        return CgroupMount.unified().orElseThrow(() -> new IOException("no v2 hierarchy is mounted"));
    }

    private static void writable(CgroupMount mount) throws IOException {
        if (mount.ground().isEmpty()) {
            throw new IOException(mount.point() + " is not writable, nor is this process's cgroup in it");
        }
    }
}
