package org.corral.containerizer.cli;

import java.util.OptionalInt;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.Linux;

/**
 * The CPUs of the host that are online, whatever this process itself may use of them. Immutable.
 *
 * @param count at least 1; empty if the kernel does not tell
 */
record HostCpus(OptionalInt count) {

    /** Counts those of the kernel's list. */
    static HostCpus of(Linux linux) {
        return new HostCpus(OnlineIds.cpus(linux)
                .ids()
                .map(list -> OptionalInt.of(list.ids().size()))
                .orElse(OptionalInt.empty()));
    }

    void require(String option, CpuAmount amount) {
        if (count.isPresent() && amount.compareTo(CpuAmount.ofCpus(count.getAsInt())) > 0) {
            throw new IllegalArgumentException(
                    option + " " + amount + " is more than this host has: give at most " + count.getAsInt());
        }
    }
}
