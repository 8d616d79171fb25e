package org.corral.core;

import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;

/**
 * What a container is to have: totals for all of its processes together, never deltas. Immutable; made from {@link #NONE},
 * or by a {@link Builder}.
 *
 * <p>An absent amount means “leave as it is” in an update and “no limit” at launch.
 *
 * @param cpus the share of the CPUs under contention
 * @param cpuLimit the most CPU time per wall time, contention or not
 * @param cpuset the CPUs it runs on and the nodes its memory comes from
 * @param memory the hard limit; going over it ends the container
 * @param memoryRequest the soft limit, kept when the host is short of memory; not above {@code memory}
 * @param memoryAndSwap the most of memory and swap together in bytes, not below {@code memory}; the same for no swap
 * @param pids the most processes and threads, 1 or more
 * @param io shares and limits of block devices
 * @param hugetlb limits of huge pages
 * @param disk the most that the working directory takes on disk; being seen above it ends the container
 */
public record Resources(
        Optional<CpuAmount> cpus,
        Optional<CpuAmount> cpuLimit,
        Cpuset cpuset,
        Optional<DataSize> memory,
        Optional<DataSize> memoryRequest,
        Optional<Maximum> memoryAndSwap,
        OptionalLong pids,
        IoLimits io,
        HugetlbLimits hugetlb,
        Optional<DataSize> disk) {

    /** No request and no limit. */
    public static final Resources NONE = new Builder().build();

    /** Refuses amounts that contradict each other or that no kernel would take. */
    public Resources {
        memory.ifPresent(limit -> positive("memory limit", limit));
        memoryRequest.ifPresent(request -> positive("memory request", request));
        disk.ifPresent(limit -> positive("disk limit", limit));
        if (memory.isPresent()
                && memoryRequest.isPresent()
                && memoryRequest.get().compareTo(memory.get()) > 0) {
            throw new IllegalArgumentException("memory request " + memoryRequest.get() + " is above the memory limit "
                    + memory.get() + ": lower the request or raise the limit");
        }
        if (memory.isPresent()
                && memoryAndSwap.isPresent()
                && memoryAndSwap.get().compareTo(Maximum.of(memory.get())) < 0) {
            throw new IllegalArgumentException("limit " + shown(memoryAndSwap.get())
                    + " of memory and swap is below the memory limit " + memory.get()
                    + ": give the sum of both, or the same for no swap");
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

    private static String shown(Maximum bytes) {
        return bytes.isNone()
                ? bytes.toString()
                : DataSize.ofBytes(bytes.value().getAsLong()).toString();
    }

    /**
     * Checks that these can be all that a container is to have, and not just a change.
     *
     * @throws IllegalArgumentException if an amount needs another one beside it
     */
    public void requireWhole() {
        if (memory.isEmpty()
                && memoryAndSwap.isPresent()
                && !memoryAndSwap.get().isNone()) {
            throw new IllegalArgumentException("limit " + shown(memoryAndSwap.get())
                    + " of memory and swap needs a memory limit: give that too, not above it");
        }
    }

    /** {@return these resources with another CPU share} */
    public Resources withCpus(CpuAmount amount) {
        return toBuilder().cpus(amount).build();
    }

    /** {@return these resources with another CPU limit} */
    public Resources withCpuLimit(CpuAmount limit) {
        return toBuilder().cpuLimit(limit).build();
    }

    /** {@return these resources with other CPUs and memory nodes, where they are present} */
    public Resources withCpuset(Cpuset places) {
        return toBuilder().cpuset(places.orElse(cpuset)).build();
    }

    /** {@return these resources with another hard memory limit} */
    public Resources withMemory(DataSize limit) {
        return toBuilder().memory(limit).build();
    }

    /** {@return these resources with another soft memory limit} */
    public Resources withMemoryRequest(DataSize request) {
        return toBuilder().memoryRequest(request).build();
    }

    /** {@return these resources with another limit of memory and swap together} */
    public Resources withMemoryAndSwap(Maximum limit) {
        return toBuilder().memoryAndSwap(limit).build();
    }

    /** {@return these resources with another limit of processes} */
    public Resources withPids(long limit) {
        return toBuilder().pids(limit).build();
    }

    /** {@return these resources with other shares and limits of block devices, where they are present} */
    public Resources withIo(IoLimits limits) {
        return toBuilder().io(limits.orElse(io)).build();
    }

    /** {@return these resources with other limits of huge pages, where they are present} */
    public Resources withHugetlb(HugetlbLimits limits) {
        return toBuilder().hugetlb(limits.orElse(hugetlb)).build();
    }

    /** {@return these resources with another limit of the working directory on disk} */
    public Resources withDisk(DataSize limit) {
        return toBuilder().disk(limit).build();
    }

    /** {@return these resources where an amount is present, else those of {@code current}} */
    public Resources orElse(Resources current) {
        return new Resources(
                cpus.or(current::cpus),
                cpuLimit.or(current::cpuLimit),
                cpuset.orElse(current.cpuset),
                memory.or(current::memory),
                memoryRequest.or(current::memoryRequest),
                memoryAndSwap.or(current::memoryAndSwap),
                pids.isPresent() ? pids : current.pids(),
                io.orElse(current.io),
                hugetlb.orElse(current.hugetlb),
                disk.or(current::disk));
    }

    /** {@return whether nothing is asked for} */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** {@return a builder that has nothing yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that has these} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.cpus = cpus;
        builder.cpuLimit = cpuLimit;
        builder.cpuset = cpuset;
        builder.memory = memory;
        builder.memoryRequest = memoryRequest;
        builder.memoryAndSwap = memoryAndSwap;
        builder.pids = pids;
        builder.io = io;
        builder.hugetlb = hugetlb;
        builder.disk = disk;
        return builder;
    }

    /** Builds {@link Resources}. Confined to one thread. */
    public static final class Builder {
        private Optional<CpuAmount> cpus = Optional.empty();
        private Optional<CpuAmount> cpuLimit = Optional.empty();
        private Cpuset cpuset = Cpuset.NONE;
        private Optional<DataSize> memory = Optional.empty();
        private Optional<DataSize> memoryRequest = Optional.empty();
        private Optional<Maximum> memoryAndSwap = Optional.empty();
        private OptionalLong pids = OptionalLong.empty();
        private IoLimits io = IoLimits.NONE;
        private HugetlbLimits hugetlb = HugetlbLimits.NONE;
        private Optional<DataSize> disk = Optional.empty();

        private Builder() {}

        /** Sets the share of the CPUs under contention. */
        public Builder cpus(CpuAmount amount) {
            cpus = Optional.of(amount);
            return this;
        }

        /** Sets the most CPU time per wall time. */
        public Builder cpuLimit(CpuAmount limit) {
            cpuLimit = Optional.of(limit);
            return this;
        }

        /** Sets CPUs and memory nodes. */
        public Builder cpuset(Cpuset places) {
            cpuset = places;
            return this;
        }

        /** Sets the hard memory limit. */
        public Builder memory(DataSize limit) {
            memory = Optional.of(limit);
            return this;
        }

        /** Sets the soft memory limit. */
        public Builder memoryRequest(DataSize request) {
            memoryRequest = Optional.of(request);
            return this;
        }

        /** Sets the most bytes of memory and swap together. */
        public Builder memoryAndSwap(Maximum limit) {
            memoryAndSwap = Optional.of(limit);
            return this;
        }

        /** Sets the most processes and threads. */
        public Builder pids(long limit) {
            pids = OptionalLong.of(limit);
            return this;
        }

        /** Sets shares and limits of block devices. */
        public Builder io(IoLimits limits) {
            io = limits;
            return this;
        }

        /** Sets limits of huge pages. */
        public Builder hugetlb(HugetlbLimits limits) {
            hugetlb = limits;
            return this;
        }

        /** Sets the most that the working directory takes on disk. */
        public Builder disk(DataSize limit) {
            disk = Optional.of(limit);
            return this;
        }

        /**
         * {@return the resources}
         *
         * @throws IllegalArgumentException naming the first amount that cannot be
         */
        public Resources build() {
            return new Resources(cpus, cpuLimit, cpuset, memory, memoryRequest, memoryAndSwap, pids, io, hugetlb, disk);
        }
    }
}
