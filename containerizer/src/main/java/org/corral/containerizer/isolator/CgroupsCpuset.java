package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Optional;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.CpusetController;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.Cpuset;
import org.corral.core.Resources;
import org.corral.core.unit.IdList;

/**
 * {@code cgroups/cpuset}: the CPUs that a container runs on and the nodes its memory comes from; without any asked for, those
 * of the cgroup above. Pages that are there already stay where they are.
 */
public final class CgroupsCpuset extends ControllerIsolator {

    /** Makes it. */
    public CgroupsCpuset(ContainerCgroups cgroups) {
        super("cgroups/cpuset", cgroups, Controller.CPUSET);
    }

    @Override
    void limit(ContainerId id, ControlFiles files, Resources resources) throws IOException {
        CpusetController cpuset = CpusetController.of(files);
        Cpuset wanted = resources.cpuset();
        if (wanted.cpus().isPresent()) {
            IdList cpus = wanted.cpus().get();
            place("CPUs", cpus, new Files(cpuset::cpus, cpuset::setCpus, cpuset::effectiveCpus));
        }
        if (wanted.mems().isPresent()) {
            IdList mems = wanted.mems().get();
            place("memory nodes", mems, new Files(cpuset::mems, cpuset::setMems, cpuset::effectiveMems));
        }
    }

    /** v2 takes any that the host has, and then gives of them what the cgroup above has, or all of that one's. */
    private static void place(String what, IdList wanted, Files files) throws IOException {
        Optional<IdList> before = files.wanted().read();
        Outcomes.require(files.set().write(wanted));
        Optional<IdList> given = files.given().read();
        if (given.isPresent() && !given.get().containsAll(wanted)) {
            if (before.isPresent()) {
                Outcomes.require(files.set().write(before.get()));
            }
            throw new IOException(what + " " + wanted + " are not all to be had here: the container would get "
                    + given.get() + "; ask for some of these");
        }
    }

    /** The files about one kind of place: what was asked for, how to ask, and what is given. */
    private record Files(Reader wanted, Writer set, Reader given) {}

    private interface Reader {
        Optional<IdList> read() throws IOException;
    }

    private interface Writer {
        KnobOutcome write(IdList ids) throws IOException;
    }
}
