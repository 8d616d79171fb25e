package org.corral.cgroup;

import java.io.IOException;
import org.corral.linux.errno.ErrnoException;

/**
 * A v2 cgroup takes no whole processes, or its children could not: it is threaded, or is or would be in a threaded subtree.
 * See admin-guide/cgroup-v2.rst, section Threads.
 */
public final class ThreadedCgroupException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String TYPE = "cgroup.type";
    private static final String NORMAL = "domain";

    private final String cgroup;
    private final String type;

    private ThreadedCgroupException(String cgroup, String type, String problem) {
        super(cgroup + " is of type \"" + type + "\"" + problem + " whose " + TYPE + " is \"" + NORMAL + "\"");
        this.cgroup = cgroup;
        this.type = type;
    }

    /** Refuses a cgroup whose children would be {@code domain invalid} and hold no process. */
    static void refuseBelow(CgroupDir dir) throws ErrnoException, ThreadedCgroupException {
        String type = typeOf(dir);
        if (!type.equals(NORMAL)) {
            throw new ThreadedCgroupException(
                    dir.toString(), type, ", and a cgroup made in it could hold no process; choose a root");
        }
    }

    /** {@return what the kernel means by EOPNOTSUPP when a process is looked for in, or put into, a cgroup} */
    static ThreadedCgroupException refusing(CgroupDir dir, int pid, ErrnoException refusal) throws ErrnoException {
        ThreadedCgroupException explained = new ThreadedCgroupException(
                dir.toString(), typeOf(dir), ", and process " + pid + " cannot be held there; it needs one");
        explained.initCause(refusal);
        return explained;
    }

    /** The real root of a hierarchy has no type, nor have cgroups before Linux 4.14; both are domains. */
    private static String typeOf(CgroupDir dir) throws ErrnoException {
        return dir.find(TYPE).orElse(NORMAL);
    }

    /** {@return the directory of the cgroup} */
    public String cgroup() {
        return cgroup;
    }

    /** {@return the cgroup's type, as {@code threaded}, {@code domain threaded} or {@code domain invalid}} */
    public String type() {
        return type;
    }
}
