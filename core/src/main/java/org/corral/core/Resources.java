package org.corral.core;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;

/**
 * What a container is to have: totals for all of its processes together, never deltas. Immutable.
 *
 * <p>An absent amount means “leave as it is” in an update and “no limit” at launch.
 *
 * @param cpus the share of the CPUs under contention
 * @param cpuLimit the most CPU time per wall time, contention or not
 * @param memory the hard limit; going over it ends the container
 * @param memoryRequest the soft limit, kept when the host is short of memory; not above {@code memory}
 * @param pids the most processes and threads, 1 or more
 */
public record Resources(
        Optional<CpuAmount> cpus,
        Optional<CpuAmount> cpuLimit,
        Optional<DataSize> memory,
        Optional<DataSize> memoryRequest,
        OptionalLong pids) {

    /** No request and no limit. */
    public static final Resources NONE =
            new Resources(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** Refuses amounts that contradict each other or that no kernel would take. */
    public Resources {
        memory.ifPresent(limit -> positive("memory limit", limit));
        memoryRequest.ifPresent(request -> positive("memory request", request));
        if (memory.isPresent()
                && memoryRequest.isPresent()
                && memoryRequest.get().compareTo(memory.get()) > 0) {
            throw new IllegalArgumentException("memory request " + memoryRequest.get() + " is above the memory limit "
                    + memory.get() + ": lower the request or raise the limit");
        }
        if (pids.isPresent() && pids.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "pids limit " + pids.getAsLong() + " is below 1: a container has at least one process");
        }
    }

    private static void positive(String what, DataSize size) {
        if (size.bytes() == 0) {
            throw new IllegalArgumentException(what + " 0 would let nothing run: give a size above 0, as 64M");
        }
    }

    /** {@return these resources with another CPU share} */
    public Resources withCpus(CpuAmount amount) {
        return new Resources(Optional.of(amount), cpuLimit, memory, memoryRequest, pids);
    }

    /** {@return these resources with another CPU limit} */
    public Resources withCpuLimit(CpuAmount limit) {
        return new Resources(cpus, Optional.of(limit), memory, memoryRequest, pids);
    }

    /** {@return these resources with another hard memory limit} */
    public Resources withMemory(DataSize limit) {
        return new Resources(cpus, cpuLimit, Optional.of(limit), memoryRequest, pids);
    }

    /** {@return these resources with another soft memory limit} */
    public Resources withMemoryRequest(DataSize request) {
        return new Resources(cpus, cpuLimit, memory, Optional.of(request), pids);
    }

    /** {@return these resources with another limit of processes} */
    public Resources withPids(long limit) {
        return new Resources(cpus, cpuLimit, memory, memoryRequest, OptionalLong.of(limit));
    }

    /** {@return these resources where an amount is present, else those of {@code current}} */
    public Resources orElse(Resources current) {
        return new Resources(
                cpus.or(current::cpus),
                cpuLimit.or(current::cpuLimit),
                memory.or(current::memory),
                memoryRequest.or(current::memoryRequest),
                pids.isPresent() ? pids : current.pids());
    }

    /** {@return whether nothing is asked for} */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
