package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.OptionalInt;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.Linux;

/**
 * The CPUs of the host that are online, whatever this process itself may use of them. Immutable.
 *
 * @param count at least 1; empty if the kernel does not tell
 */
record HostCpus(OptionalInt count) {

    private static final String ONLINE = "/sys/devices/system/cpu/online";

    /** Reads the kernel's list, as {@code 0-3,7}. */
    static HostCpus of(Linux linux) {
        try {
            return new HostCpus(
                    OptionalInt.of(count(Files.readString(linux.path(ONLINE)).strip())));
        } catch (IOException | NumberFormatException e) {
            return new HostCpus(OptionalInt.empty());
        }
    }

    private static int count(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(range -> range.split("-", 2))
                .mapToInt(ends -> Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1)
                .sum();
    }

    void require(String option, CpuAmount amount) {
        if (count.isPresent() && amount.compareTo(CpuAmount.ofCpus(count.getAsInt())) > 0) {
            throw new IllegalArgumentException(
                    option + " " + amount + " is more than this host has: give at most " + count.getAsInt());
        }
    }
}
