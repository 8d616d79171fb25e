package org.corral.core.event;

/** Whose memory ran out when the kernel killed. */
public enum OomCause {
    /** The container reached its own limit. */
    OWN_LIMIT,
    /** A cgroup above the container reached its limit, or the host ran out of memory. */
    ANCESTOR_OR_HOST,
    /** The kernel does not tell, as on cgroup v1. */
    UNKNOWN
}
