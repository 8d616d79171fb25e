package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for mounted and writable hierarchies. */
final class CgroupProbes {

    private static final String CGROUP_CONTROLLERS = "cgroup.controllers";

    private CgroupProbes() {}

    static void v1(String controller) throws IOException {
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            if (!mount.isV2() && mount.options().contains(controller)) {
                writable(mount.point());
                return;
            }
        }
        throw new IOException("no v1 hierarchy with " + controller + " is mounted");
    }

    static void v2() throws IOException {
        writable(v2Mount());
    }

    static void v2(String controller) throws IOException {
        Path mount = v2Mount();
        String offered = Files.readString(mount.resolve(CGROUP_CONTROLLERS)).strip();
        if (!List.of(offered.split(" ", -1)).contains(controller)) {
            throw new IOException(mount.resolve(CGROUP_CONTROLLERS) + " offers only '" + offered + "'");
        }
        writable(mount);
    }

    private static Path v2Mount() throws IOException {
        return CgroupMount.ofThisHost().stream()
                .filter(CgroupMount::isV2)
                .map(CgroupMount::point)
                .findFirst()
                .orElseThrow(() -> new IOException("no v2 hierarchy is mounted"));
    }

    private static void writable(Path mount) throws IOException {
        if (!Files.isWritable(mount)) {
            throw new IOException(mount + " is not writable");
        }
    }
}
