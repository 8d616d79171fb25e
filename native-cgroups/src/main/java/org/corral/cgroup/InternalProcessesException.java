package org.corral.cgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A v2 cgroup cannot give controllers to its children, because it holds processes. */
public final class InternalProcessesException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String cgroup;
    private final ArrayList<Integer> others;

    /** Makes the failure, its message with the remedy. */
    public InternalProcessesException(InternalProcesses found) {
        super(found.consequence());
        this.cgroup = found.cgroup();
        this.others = new ArrayList<>(found.others());
    }

    /** {@return the directory of the cgroup} */
    public String cgroup() {
        return cgroup;
    }

    /** {@return the pids in it but this process's, ascending; 0 stands for those of another pid namespace} */
    public List<Integer> others() {
        return List.copyOf(others);
    }
}
