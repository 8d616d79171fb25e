package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.corral.core.unit.IdList;
import org.corral.linux.Linux;

/**
 * The CPUs or memory nodes of the host that are online. Immutable.
 *
 * @param ids their numbers; empty if the kernel does not tell
 */
record OnlineIds(Optional<IdList> ids) {

    static OnlineIds cpus(Linux linux) {
        return read(linux, "/sys/devices/system/cpu/online");
    }

    static OnlineIds nodes(Linux linux) {
        return read(linux, "/sys/devices/system/node/online");
    }

    private static OnlineIds read(Linux linux, String file) {
        try {
            return new OnlineIds(Optional.of(IdList.parse(Files.readString(linux.path(file)))));
        } catch (IOException | IllegalArgumentException e) {
            return new OnlineIds(Optional.empty());
        }
    }

    void require(String option, IdList wanted) {
        if (ids.isPresent() && !ids.get().containsAll(wanted)) {
            throw new IllegalArgumentException(
                    option + " " + wanted + " is not all on this host: give some of " + ids.get());
        }
    }
}
