package org.corral.core;

import java.util.Locale;

/**
 * A resource that {@code setrlimit(2)} limits for each single process.
 */
public enum Rlimit {
    /** CPU time, in seconds. */
    CPU(0),
    /** Size of a file written, in bytes. */
    FSIZE(1),
    /** Data segment, in bytes. */
    DATA(2),
    /** Stack, in bytes. */
    STACK(3),
    /** Core file, in bytes. */
    CORE(4),
    /** Resident set, in bytes; without effect on current kernels. */
    RSS(5),
    /** Processes of the real user, a count. */
    NPROC(6),
    /** Open files, a count. */
    NOFILE(7),
    /** Locked memory, in bytes. */
    MEMLOCK(8),
    /** Address space, in bytes. */
    AS(9),
    /** File locks, a count. */
    LOCKS(10),
    /** Queued signals of the real user, a count. */
    SIGPENDING(11),
    /** POSIX message queues, in bytes. */
    MSGQUEUE(12),
    /** Highest nice value, as 20 - nice. */
    NICE(13),
    /** Highest real-time priority. */
    RTPRIO(14),
    /** Real-time CPU time without a blocking system call, in microseconds. */
    RTTIME(15);

    /** What a {@link Limits} holds where there is no limit. */
    public static final long UNLIMITED = -1;

    private final int number;

    Rlimit(int number) {
        this.number = number;
    }

    /** {@return the kernel's number of this resource, on x86-64 and aarch64} */
    public int number() {
        return number;
    }

    /**
     * Finds a resource by its name in {@code ulimit} and {@code docker --ulimit} style, as {@code nofile}.
     *
     * @throws IllegalArgumentException naming the unknown name
     */
    public static Rlimit parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "rlimit '" + name + "' is unknown: give one as nofile, nproc or core", e);
        }
    }

    /**
     * A soft and a hard limit, in the resource's unit.
     *
     * @param soft 0 or more, or {@link #UNLIMITED}; not above {@code hard}
     * @param hard 0 or more, or {@link #UNLIMITED}
     */
    public record Limits(long soft, long hard) {
        /** Refuses negative limits and a soft limit above the hard one. */
        public Limits {
            if (soft < UNLIMITED || hard < UNLIMITED || Long.compareUnsigned(soft, hard) > 0) {
                throw new IllegalArgumentException("rlimit " + soft + ":" + hard
                        + " is not usable: give soft and hard of 0 or more, soft not above hard");
            }
        }
    }
}
