package org.corral.containerizer.launcher;

import java.io.IOException;
import java.util.Optional;
import org.corral.cgroup.CgroupDir;
import org.corral.linux.Feature;
import org.corral.linux.FeatureStatus;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets processes be born in their v2 cgroup where C library and kernel can do that (POSIX_SPAWN_SETCGROUP). Else, and where
 * the cgroup refuses, they are born in the agent's, and moved while they wait at their gate. Thread-safe.
 */
final class Birth {

    private static final Logger LOG = LoggerFactory.getLogger(Birth.class);

    private final Linux linux;
    private @Nullable FeatureStatus status;

    Birth(Linux linux) {
        this.linux = linux;
    }

    /** Makes a child by a plan, with the cgroup in it or without. {@return what was made} */
    <T> T in(Optional<CgroupDir> cgroup, SpawnPlan plan, Start<T> start) throws IOException {
        if (cgroup.isPresent() && isPossible()) {
            try (CgroupDir.Pin place = cgroup.get().pin()) {
                return start.start(plan.inCgroup(place.descriptor()));
            } catch (ErrnoException e) {
                if (!isOfTheCgroup(e)) {
                    throw e;
                }
                LOG.debug("no process can be born in {}: it is moved there instead", cgroup.get(), e);
            }
        }
        return start.start(plan);
    }

    /** Tried out with the first process, and not before: most commands start none. */
    private synchronized boolean isPossible() {
        if (status == null) {
            status = KernelFeatures.probe(linux, Feature.POSIX_SPAWN_SETCGROUP);
            LOG.debug("{}", status);
        }
        return status.isAvailable();
    }

    /** Even at its limit of processes (EAGAIN) a cgroup takes one that exists. */
    private static boolean isOfTheCgroup(ErrnoException e) {
        return e.is(Errno.EOPNOTSUPP, Errno.EBUSY, Errno.ENOSYS, Errno.EPERM, Errno.EACCES, Errno.EINVAL, Errno.EAGAIN);
    }

    /** Makes a child, or none if the plan fails. */
    interface Start<T> {
        T start(SpawnPlan plan) throws IOException;
    }
}
