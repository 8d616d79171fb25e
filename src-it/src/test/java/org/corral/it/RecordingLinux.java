package org.corral.it;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.testing.InterceptedCall;
import org.corral.testing.Interception;

/** This kernel, with a record of the calls that change something, or open something that can be written to then. */
final class RecordingLinux {

    private static final int ACCESS = Constants.O_WRONLY | Constants.O_RDWR;

    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final boolean hasOpenAt2;

    RecordingLinux() {
        this(true);
    }

    /** Makes one that may be a kernel before Linux 5.6, or under a filter, which has no openat2(2). */
    RecordingLinux(boolean hasOpenAt2) {
        this.hasOpenAt2 = hasOpenAt2;
    }

    Linux linux() {
        return linux(FdBudget.unlimited());
    }

    Linux linux(FdBudget descriptors) {
        Linux real = Linux.ofThisHost();
        return new Linux(Interception.of(real.syscalls(), this::answer), real.root(), descriptors);
    }

    /** {@return the calls that changed something, each with its name and first text} */
    List<String> changes() {
        return List.copyOf(changes);
    }

    /** {@return the names, without directories, of all files that were opened to be written to} */
    Set<String> written() {
        return written.stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** What Corral itself refuses on the last step, as a name that cannot be given to the kernel, is no call. */
    private Object answer(InterceptedCall call) throws Throwable {
        if (!hasOpenAt2 && call.name().equals("openAt2")) {
            throw new ErrnoException("openat2", Errno.ENOSYS, "as the test has it");
        }
        try {
            Object result = call.proceed();
            note(call.name(), call.arguments());
            return result;
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            note(call.name(), call.arguments());
            throw e;
        }
    }

    private void note(String name, Object... args) {
        switch (name) {
            case "open" -> noteOpening((String) args[0], (int) args[1]);
            case "openAt", "openAt2" -> noteOpening((String) args[1], (int) args[2]);
            default -> {
                if (ChangingCalls.contain(name)) {
                    changes.add(name + " " + args[Math.min(1, args.length - 1)]);
                }
            }
        }
    }

    private void noteOpening(String path, int flags) {
        if ((flags & (ACCESS | Constants.O_CREAT)) != 0) {
            changes.add("open " + path);
            written.add(path);
        }
    }
}
