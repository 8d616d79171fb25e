package org.corral.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.corral.linux.raw.Constants.AT_FDCWD;
import static org.corral.linux.raw.Constants.CLONE_NEWIPC;
import static org.corral.linux.raw.Constants.CLONE_NEWNET;
import static org.corral.linux.raw.Constants.CLONE_NEWNS;
import static org.corral.linux.raw.Constants.CLONE_NEWPID;
import static org.corral.linux.raw.Constants.CLONE_NEWUTS;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NONBLOCK;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_RDWR;
import static org.corral.linux.raw.Constants.RESOLVE_NO_MAGICLINKS;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan;

/**
 * Tries features out. Descriptors are opened and closed; calls on processes are made on one that cannot exist, because
 * the agent itself may be process 1, which is never given to them. A kernel that answers that the process or descriptor
 * is not there knows the call.
 */
record FeatureProbe(Linux linux) {

    private static final String PRESSURE = "/proc/pressure/memory";
    private static final String CHILDREN = "/proc/thread-self/children";
    private static final String NO_PROGRAM = "/proc/self/no-such-program";

    /** 100 ms in 2 s, the shortest window that is allowed to everybody. */
    private static final String TRIGGER = "some 100000 2000000\0";

    /** Above every {@code kernel.pid_max} and {@code fs.nr_open}. */
    private static final int NONE = Integer.MAX_VALUE;

    /** A C library without one of the functions is a {@link LinkageError} at the first call of it. */
    Optional<String> causeOfAbsence(Feature feature) {
        try {
            attempt(feature);
            return Optional.empty();
        } catch (IOException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void attempt(Feature feature) throws IOException {
        switch (feature) {
            case OPENAT2 -> close(linux.files().openAt2(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY, RESOLVE_NO_MAGICLINKS));
            case PIDFD_OPEN -> expect(Errno.ESRCH, () -> close(linux.processes().pidfdOpen(NONE)));
            case PIDFD_SEND_SIGNAL ->
                expect(Errno.EBADF, () -> linux.processes().pidfdSendSignal(NONE, 0));
            case PIDFD_INFO_EXIT -> new EndedThread(linux).tellExit();
            case WAITID_PIDFD -> expect(Errno.EBADF, () -> linux.processes().wait(NONE));
            case EVENTFD -> close(linux.events().eventFd());
            case EPOLL -> close(linux.events().epollCreate());
            case INOTIFY -> close(linux.events().inotifyCreate());
            case PSI -> readPressure();
            case PSI_TRIGGER -> setTrigger();
            case PROC_CHILDREN -> close(open(CHILDREN, O_RDONLY));
            case POSIX_SPAWN_CLOSEFROM -> expect(Errno.ENOENT, this::spawnNothing);
            case POSIX_SPAWN_SETCGROUP -> expect(Errno.EBADF, this::spawnNowhere);
            case MOUNT_NAMESPACE -> unshare(CLONE_NEWNS);
            case UTS_NAMESPACE -> unshare(CLONE_NEWUTS);
            case IPC_NAMESPACE -> unshare(CLONE_NEWIPC);
            case NETWORK_NAMESPACE -> unshare(CLONE_NEWNET);
            case PID_NAMESPACE -> unshare(CLONE_NEWPID);
            case PROC_PIDNS -> configureProc();
        }
    }

    /** Read as well as opened: a kernel told psi=0 has the files but no content. */
    private void readPressure() throws ErrnoException {
        int fd = open(PRESSURE, O_RDONLY);
        try {
            linux.files().read(fd, new byte[256], 0);
        } finally {
            close(fd);
        }
    }

    /** The trigger goes with its descriptor. */
    private void setTrigger() throws ErrnoException {
        int fd = open(PRESSURE, O_RDWR | O_NONBLOCK);
        try {
            linux.files().write(fd, TRIGGER.getBytes(US_ASCII));
        } finally {
            close(fd);
        }
    }

    /** That the program is not there can only be found out after all file actions; glibc reaps the child itself. */
    private void spawnNothing() throws ErrnoException {
        List<SpawnPlan.Action> actions =
                List.of(new SpawnPlan.Action.ChangeDirectory("/"), new SpawnPlan.Action.CloseFrom(0));
        linux.processes().spawn(new SpawnPlan(NO_PROGRAM, List.of(NO_PROGRAM), List.of(), actions, false));
    }

    /** The descriptor is looked at before there is a child. Were it ignored, the answer would be ENOENT. */
    private void spawnNowhere() throws ErrnoException {
        SpawnPlan plan = new SpawnPlan(NO_PROGRAM, List.of(NO_PROGRAM), List.of(), List.of(), false);
        linux.processes().spawn(plan.inCgroup(NONE));
    }

    /** The namespace goes with the thread. */
    private void unshare(int flag) throws IOException {
        DiscardedThread.run(() -> linux.namespaces().unshare(flag));
    }

    /** Nothing is mounted by it. */
    private void configureProc() throws ErrnoException {
        int fd = linux.namespaces().openFileSystem("proc");
        try {
            linux.namespaces().configure(fd, "pidns", "/proc/self/ns/pid");
        } finally {
            close(fd);
        }
    }

    private int open(String path, int flags) throws ErrnoException {
        return linux.files().open(linux.path(path).toString(), flags, 0);
    }

    private void close(int fd) throws ErrnoException {
        linux.files().close(fd);
    }

    private static void expect(Errno answer, Attempt attempt) throws ErrnoException {
        try {
            attempt.run();
        } catch (ErrnoException e) {
            if (!e.is(answer)) {
                throw e;
            }
        }
    }

    private interface Attempt {
        void run() throws ErrnoException;
    }
}
