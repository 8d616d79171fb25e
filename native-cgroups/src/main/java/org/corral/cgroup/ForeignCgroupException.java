package org.corral.cgroup;

import java.io.IOException;

/** A cgroup is there, and Corral did not make it: it is left alone. */
public final class ForeignCgroupException extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignCgroupException(CgroupPath path) {
        super("cgroup " + path + " bears no mark of Corral: it is left alone");
    }
}
