package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** A cgroup could not be emptied or removed in time, because something still holds it. It may be tried again. */
public final class CgroupBusyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final ArrayList<Integer> pids;

    /**
     * Makes the failure.
     *
     * @param path the cgroup's path below the hierarchies' mount points
     * @param pids the processes still in it
     */
    public CgroupBusyException(String path, SortedSet<Integer> pids) {
        super("cgroup " + path + " is still in use: "
                + (pids.isEmpty() ? "the kernel still holds it" : "processes " + pids + " have not ended")
                + "; try again");
        this.path = path;
        this.pids = new ArrayList<>(pids);
    }

    /** {@return the cgroup's path below the hierarchies' mount points} */
    public String path() {
        return path;
    }

    /** {@return the processes still in it, ascending; 0 stands for those of another pid namespace} */
    public List<Integer> pids() {
        return List.copyOf(pids);
    }
}
