package org.corral.it;

import java.io.IOException;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** Ends what a test left running, through pidfds. */
final class Killer {

    private static final int SIGKILL = 9;
    private static final int ATTEMPTS = 250;
    private static final long PAUSE_MILLIS = 20;

    private Killer() {}

    /** Kills a process; one that is gone already is no error. */
    static void kill(Linux linux, int pid) throws IOException {
        try (Fd process = open(linux, pid)) {
            linux.processes().pidfdSendSignal(process.number(), SIGKILL);
        } catch (ErrnoException e) {
            ignore(e, Errno.ESRCH);
        }
    }

    /** Kills a process and, if it is a child of this one, waits for its end. */
    static void killAndReap(Linux linux, int pid) throws IOException {
        try (Fd process = open(linux, pid)) {
            linux.processes().pidfdSendSignal(process.number(), SIGKILL);
            reap(linux, process);
        } catch (ErrnoException e) {
            ignore(e, Errno.ESRCH, Errno.ECHILD);
        }
    }

    private static void reap(Linux linux, Fd process) throws IOException {
        for (int i = 0; i < ATTEMPTS && linux.processes().wait(process.number()).isEmpty(); i++) {
            Pause.millis(PAUSE_MILLIS);
        }
    }

    private static Fd open(Linux linux, int pid) throws ErrnoException {
        return new Fd(linux.files(), linux.processes().pidfdOpen(pid), "pidfd of " + pid);
    }

    private static void ignore(ErrnoException e, Errno first, Errno... more) throws ErrnoException {
        if (!e.is(first, more)) {
            throw e;
        }
    }
}
