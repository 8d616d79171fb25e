package org.corral.containerizer.isolator;

import java.io.IOException;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;

/** An isolator that limits nothing, and measures the processes that {@code /proc} shows of a container. */
abstract sealed class PosixIsolator implements Isolator permits PosixCpu, PosixMem {

    final PosixProcesses processes;

    PosixIsolator(PosixProcesses processes) {
        this.processes = processes;
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        if (container.pid().isPresent()) {
            processes.begin(container.id(), container.pid().getAsInt());
        }
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) {
        return Contribution.NONE;
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        processes.begin(id, pid);
    }

    @Override
    public void cleanup(ContainerId id) {
        processes.forget(id);
    }
}
