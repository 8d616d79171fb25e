package org.corral.testing.fault;

import static org.corral.testing.fault.Fault.afterwards;
import static org.corral.testing.fault.Fault.refused;
import static org.corral.testing.fault.Fault.told;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.corral.linux.errno.Errno;

/**
 * What can go wrong with each call: the error numbers of its manual page, and what kernfs and cgroup(7) add. Left out is what
 * only a wrong program meets (EBADF, EFAULT, ENOTDIR…), and what would be a lie: that something is gone which is there.
 * "Gone" is therefore told of a removal that has been made.
 */
public final class FaultCatalogue {

    private static final Map<String, List<Fault>> FAULTS = new TreeMap<>();

    static {
        Errno[] opening = {Errno.EACCES, Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.ELOOP, Errno.EPERM};
        add("open", opening);
        add("openAt", opening);
        add("openAt2", opening);
        add("openAt2", Errno.EXDEV, Errno.EAGAIN);
        add("pipe", Errno.EMFILE, Errno.ENFILE);
        add(
                "makeDirectoryAt",
                Errno.EACCES,
                Errno.EEXIST,
                Errno.ENOENT,
                Errno.ENOMEM,
                Errno.ENOSPC,
                Errno.EROFS,
                Errno.EPERM);
        add("removeDirectoryAt", Errno.EBUSY, Errno.EACCES, Errno.EPERM, Errno.EROFS, Errno.ENOMEM);
        add("removeFileAt", Errno.EACCES, Errno.EPERM, Errno.EROFS, Errno.EIO, Errno.EBUSY);
        add("changeOwner", Errno.EPERM, Errno.EROFS, Errno.EIO, Errno.ENOMEM);
        add("makeFifo", Errno.EACCES, Errno.EEXIST, Errno.ENOSPC, Errno.EROFS, Errno.ENOENT);
        add("filesystemMagic", Errno.EIO, Errno.ENOMEM);
        add("status", Errno.ENOMEM, Errno.EACCES);
        add("statusAt", Errno.ENOMEM, Errno.EACCES);
        add("directories", Errno.ENOMEM, Errno.EMFILE, Errno.EIO);
        add("regularFiles", Errno.ENOMEM, Errno.EMFILE, Errno.EIO);
        add("setAttribute", Errno.ENOSPC, Errno.EOPNOTSUPP, Errno.EPERM, Errno.ENOMEM);
        add("attribute", Errno.EOPNOTSUPP, Errno.EPERM, Errno.EIO);
        add("eventFd", Errno.EMFILE, Errno.ENFILE, Errno.ENODEV, Errno.ENOMEM);
        add("epollCreate", Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM);
        add("epollAdd", Errno.ENOMEM, Errno.ENOSPC, Errno.EPERM);
        add("epollRemove", Errno.ENOMEM);
        add("inotifyCreate", Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM);
        add("inotifyAdd", Errno.EACCES, Errno.ENOENT, Errno.ENOMEM, Errno.ENOSPC);
        add("pidfdOpen", Errno.EMFILE, Errno.ENFILE, Errno.ENODEV, Errno.ENOMEM);
        add("pidfdOpenThread", Errno.EMFILE, Errno.ENFILE, Errno.ENODEV, Errno.ENOMEM);
        add("pidfdSendSignal", Errno.EPERM);
        add("exitStatus", Errno.EOPNOTSUPP, Errno.ENOTTY);
        add("wait", Errno.ECHILD);
        add("spawn", Errno.EAGAIN, Errno.ENOMEM, Errno.E2BIG, Errno.EACCES, Errno.ENOENT);
        add("setLimits", Errno.EPERM);
        add("limits", Errno.EPERM);
        add("unshare", Errno.EPERM, Errno.ENOSPC, Errno.ENOMEM);
        add("enter", Errno.EPERM, Errno.ENOMEM);
        add("setHostName", Errno.EPERM);
        add("mount", Errno.EPERM, Errno.EBUSY, Errno.ENOMEM, Errno.ENOENT, Errno.EACCES);
        add("makeReadOnly", Errno.EPERM, Errno.EBUSY);
        add("socket", Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM, Errno.EACCES);
        add("interfaceFlags", Errno.ENODEV);
        add("setInterfaceFlags", Errno.ENODEV, Errno.EPERM);
        addReadsAndWrites();
        add("close", afterwards(Errno.EIO), afterwards(Errno.EINTR));
        add("removeDirectoryAt", afterwards(Errno.ENOENT));
        add("removeFileAt", afterwards(Errno.ENOENT));
        add("inotifyRemove", afterwards(Errno.EINVAL));
        add("inotifyRead", Fault.overflow());
        add("epollWait", Fault.nothingReady());
    }

    private FaultCatalogue() {}

    /** {@return what can go wrong with a call; empty if nothing is known to} */
    public static List<Fault> of(String call) {
        return FAULTS.getOrDefault(call, List.of());
    }

    /** A control file of a removed cgroup answers ENODEV, but these are there: it is left to the tests that remove them. */
    private static void addReadsAndWrites() {
        Errno[] reading = {Errno.EIO, Errno.ENOMEM, Errno.EOPNOTSUPP};
        add("read", reading);
        add("readAt", reading);
        add("read", Fault.shortRead());
        add("readAt", Fault.shortRead());
        add(
                "write",
                Errno.EACCES,
                Errno.EBUSY,
                Errno.EINVAL,
                Errno.EIO,
                Errno.ENOMEM,
                Errno.ENOSPC,
                Errno.EPERM,
                Errno.ERANGE);
        add("write", Fault.shortWrite());
        add("readInto", told(Errno.EIO), told(Errno.EINTR), told(Errno.ENOMEM));
        add("writeFrom", told(Errno.EIO), told(Errno.EINTR), told(Errno.EBUSY), told(Errno.EINVAL), told(Errno.EPERM));
    }

    private static void add(String call, Errno... errnos) {
        add(call, Arrays.stream(errnos).map(errno -> refused(errno)).toArray(Fault[]::new));
    }

    private static void add(String call, Fault... faults) {
        FAULTS.merge(call, List.of(faults), (some, more) -> Stream.concat(some.stream(), more.stream())
                .toList());
    }
}
