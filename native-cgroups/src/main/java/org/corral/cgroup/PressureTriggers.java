package org.corral.cgroup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.corral.linux.raw.Constants.O_RDWR;

import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * Sets triggers on the pressure stall information of a v2 cgroup. Confined to one thread. Kernel: accounting/psi.rst.
 *
 * <p>Without CAP_SYS_RESOURCE Linux 6.4 and newer take windows of whole 2 s alone, and older kernels none.
 */
public final class PressureTriggers {

    private final Linux linux;
    private final CgroupDir cgroup;

    /** Makes it for a cgroup of version 2. */
    public PressureTriggers(Linux linux, CgroupDir cgroup) {
        this.linux = linux;
        this.cgroup = cgroup;
    }

    /**
     * Sets a trigger; one whose window this process may not have is set for the same share of 2 s.
     *
     * @param file {@code memory.pressure}, {@code cpu.pressure} or {@code io.pressure}
     * @throws ErrnoException ENODEV if the cgroup is gone, EMFILE or ENOMEM if there is too much of something
     */
    public TriggerOutcome set(String file, PressureThreshold threshold) throws ErrnoException {
        try {
            Fd fd = cgroup.open(file, O_RDWR);
            try {
                return set(fd, threshold);
            } catch (ErrnoException e) {
                fd.close();
                throw e;
            }
        } catch (ErrnoException e) {
            return unsupported(e);
        }
    }

    private TriggerOutcome set(Fd fd, PressureThreshold threshold) throws ErrnoException {
        try {
            write(fd, threshold);
            return new TriggerOutcome.Set(new PressureTrigger(linux, fd, threshold));
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL) || !threshold.isPrivileged()) {
                throw e;
            }
        }
        PressureThreshold allowed = threshold.in(PressureThreshold.UNPRIVILEGED_WINDOW);
        write(fd, allowed);
        return new TriggerOutcome.SetWithOtherWindow(new PressureTrigger(linux, fd, allowed), threshold);
    }

    private void write(Fd fd, PressureThreshold threshold) throws ErrnoException {
        byte[] data = (threshold + "\0").getBytes(US_ASCII);
        Told.of(fd + ", \"" + threshold + "\"", () -> linux.files().write(fd.number(), data));
    }

    private static TriggerOutcome unsupported(ErrnoException e) throws ErrnoException {
        if (e.is(Errno.ENOENT) || e.kind() == FailureKind.UNSUPPORTED) {
            return new TriggerOutcome.Unsupported(e.getMessage() + ": needs CONFIG_PSI, and psi=1 at boot");
        }
        if (e.kind() == FailureKind.NOT_ALLOWED) {
            return new TriggerOutcome.Unsupported(e.getMessage() + ": needs CAP_SYS_RESOURCE or Linux 6.4");
        }
        if (e.is(Errno.EINVAL)) {
            return new TriggerOutcome.Unsupported(e.getMessage() + ": this kernel does not take the threshold");
        }
        throw e;
    }
}
