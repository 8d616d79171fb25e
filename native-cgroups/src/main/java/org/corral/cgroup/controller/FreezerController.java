package org.corral.cgroup.controller;

import java.io.IOException;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.ErrnoException;

/**
 * The freezer of one cgroup: asks for its processes to be stopped or to go on, and tells how far that got. Both take
 * time; these methods do not wait.
 *
 * <p>A cgroup is also frozen when one above it is. That is told apart, because thawing the cgroup does not undo it.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}. Every method fails with ENOENT on a root cgroup, which
 * cannot be frozen, and with ENODEV if the cgroup is gone. Kernel: admin-guide/cgroup-v1/freezer-subsystem.rst,
 * admin-guide/cgroup-v2.rst ({@code cgroup.freeze}, Linux 5.2).
 */
public abstract sealed class FreezerController {

    final ControlFiles files;

    private FreezerController(ControlFiles files) {
        this.files = files;
    }

    /** {@return the freezer whose files these are} */
    public static FreezerController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /** {@return whether this kernel can: on v2 since Linux 5.2} */
    public abstract boolean isSupported() throws ErrnoException;

    /** Asks for all processes to be stopped. On v1 asking again helps one that stays {@link FreezerState#FREEZING}. */
    public abstract void freeze() throws ErrnoException;

    /** Asks for all processes to go on; they do not while a cgroup above is frozen. */
    public abstract void thaw() throws ErrnoException;

    /**
     * {@return whether the processes run, by whoever's request}
     *
     * @throws ControlFileFormatException if the kernel tells a state that has no name here
     */
    public abstract FreezerState state() throws IOException;

    /** {@return whether this cgroup itself was asked to freeze} */
    public abstract boolean isSelfFreezing() throws IOException;

    /**
     * {@return whether a cgroup above was asked to freeze} On v2 this is told from the outcome: frozen without having been
     * asked, which is also seen for a moment while it thaws.
     */
    public abstract boolean isParentFreezing() throws IOException;

    boolean isOne(String file) throws IOException {
        String text = files.read(file);
        return Numbers.unsigned(text.strip(), file, text, "0 or 1") == 1;
    }

    private static final class V1 extends FreezerController {

        private static final String STATE = "freezer.state";
        private static final String SELF_FREEZING = "freezer.self_freezing";
        private static final String PARENT_FREEZING = "freezer.parent_freezing";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public boolean isSupported() throws ErrnoException {
            return files.find(STATE).isPresent();
        }

        @Override
        public void freeze() throws ErrnoException {
            files.write(STATE, FreezerState.FROZEN.name());
        }

        @Override
        public void thaw() throws ErrnoException {
            files.write(STATE, FreezerState.THAWED.name());
        }

        @Override
        public FreezerState state() throws IOException {
            String text = files.read(STATE);
            for (FreezerState state : FreezerState.values()) {
                if (state.name().equals(text.strip())) {
                    return state;
                }
            }
            throw new ControlFileFormatException(STATE, text, "THAWED, FREEZING or FROZEN");
        }

        @Override
        public boolean isSelfFreezing() throws IOException {
            return isOne(SELF_FREEZING);
        }

        @Override
        public boolean isParentFreezing() throws IOException {
            return isOne(PARENT_FREEZING);
        }
    }

    private static final class V2 extends FreezerController {

        private static final String FREEZE = "cgroup.freeze";
        private static final String EVENTS = "cgroup.events";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public boolean isSupported() throws ErrnoException {
            return files.find(FREEZE).isPresent();
        }

        @Override
        public void freeze() throws ErrnoException {
            files.write(FREEZE, "1");
        }

        @Override
        public void thaw() throws ErrnoException {
            files.write(FREEZE, "0");
        }

        @Override
        public FreezerState state() throws IOException {
            if (isFrozen()) {
                return FreezerState.FROZEN;
            }
            return isSelfFreezing() ? FreezerState.FREEZING : FreezerState.THAWED;
        }

        @Override
        public boolean isSelfFreezing() throws IOException {
            return isOne(FREEZE);
        }

        @Override
        public boolean isParentFreezing() throws IOException {
            return isFrozen() && !isSelfFreezing();
        }

        private boolean isFrozen() throws IOException {
            return FlatKeyed.parse(EVENTS, files.read(EVENTS)).get("frozen").orElse(0) == 1;
        }
    }
}
