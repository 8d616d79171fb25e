package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.IdList;

/**
 * The {@code cpuset} controller of one cgroup: the CPUs its processes run on and the nodes their memory comes from.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}. Every method fails with ENODEV if the cgroup is gone.
 * See cpuset(7); kernel: admin-guide/cgroup-v1/cpusets.rst, admin-guide/cgroup-v2.rst.
 */
public abstract sealed class CpusetController {

    private static final String CPUS = "cpuset.cpus";
    private static final String MEMS = "cpuset.mems";

    final ControlFiles files;
    final ControlReader reader;

    private CpusetController(ControlFiles files) {
        this.files = files;
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static CpusetController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /**
     * Sets the CPUs: {@code cpuset.cpus}.
     *
     * <p>v1 refuses with EACCES what the parent does not have, with EBUSY what leaves children short, and with ENOSPC an
     * empty list while there are processes.
     *
     * @param cpus on v2 an empty list means the parent's
     */
    public KnobOutcome setCpus(IdList cpus) throws IOException {
        return set(CPUS, cpus);
    }

    /** Sets the memory nodes: {@code cpuset.mems}; refused as {@linkplain #setCpus CPUs} are. */
    public KnobOutcome setMems(IdList nodes) throws IOException {
        return set(MEMS, nodes);
    }

    private KnobOutcome set(String file, IdList ids) throws IOException {
        // A write of no bytes reaches no file: a line end makes the empty list.
        return Knob.text(files, file, ids.ids().isEmpty() ? "\n" : ids.toString())
                .apply();
    }

    /** {@return the CPUs that were set, empty if this cgroup has no such file} */
    public Optional<IdList> cpus() throws IOException {
        return reader.ids(CPUS);
    }

    /** {@return the memory nodes that were set, empty if this cgroup has no such file} */
    public Optional<IdList> mems() throws IOException {
        return reader.ids(MEMS);
    }

    /** {@return the CPUs that processes get, which are what was set, of the parent's, online} */
    public abstract Optional<IdList> effectiveCpus() throws IOException;

    /** {@return the memory nodes that processes get} */
    public abstract Optional<IdList> effectiveMems() throws IOException;

    /**
     * Fills a new cgroup's empty lists from its parent. v1 takes no process into a cgroup with an empty one (ENOSPC); on
     * v2 empty means the parent's and there is nothing to do.
     *
     * @param parent the files of the cgroup above, whose lists are not empty: go from the top down
     * @throws IllegalStateException if the parent's list is empty
     */
    public abstract void inheritFrom(ControlFiles parent) throws IOException;

    private static final class V1 extends CpusetController {

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public Optional<IdList> effectiveCpus() throws IOException {
            return reader.ids("cpuset.effective_cpus");
        }

        @Override
        public Optional<IdList> effectiveMems() throws IOException {
            return reader.ids("cpuset.effective_mems");
        }

        @Override
        public void inheritFrom(ControlFiles parent) throws IOException {
            for (String file : List.of(CPUS, MEMS)) {
                if (files.read(file).isBlank()) {
                    files.write(file, filled(parent, file));
                }
            }
        }

        private static String filled(ControlFiles parent, String file) throws IOException {
            String ids = parent.read(file);
            if (ids.isBlank()) {
                throw new IllegalStateException(
                        "the parent's " + file + " is empty: let it inherit from its own parent first");
            }
            return ids;
        }
    }

    private static final class V2 extends CpusetController {

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public Optional<IdList> effectiveCpus() throws IOException {
            return reader.ids("cpuset.cpus.effective");
        }

        @Override
        public Optional<IdList> effectiveMems() throws IOException {
            return reader.ids("cpuset.mems.effective");
        }

        @Override
        public void inheritFrom(ControlFiles parent) {
            // an empty list means the parent's
        }
    }
}
