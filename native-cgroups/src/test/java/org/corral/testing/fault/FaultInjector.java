package org.corral.testing.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.InterceptedCall;
import org.corral.testing.Interception;
import org.jspecify.annotations.Nullable;

/**
 * A kernel of which one call goes wrong: that of a number, whichever thread makes it. Calls that cannot go wrong are not
 * counted. Thread-safe.
 */
public final class FaultInjector {

    private static final Set<String> ON_FILES = Set.of("read", "write");
    private static final Set<String> ON_PIDS = Set.of("pidfdOpen", "pidfdOpenThread", "setLimits", "limits");

    private final Linux linux;
    private volatile @Nullable Countdown armed;

    /** Makes one of a kernel that works. */
    public FaultInjector(Linux below) {
        this.linux = new Linux(Interception.of(below.syscalls(), this::answer), below.root(), below.descriptors());
    }

    /** {@return the way to this kernel} */
    public Linux linux() {
        return linux;
    }

    /**
     * Lets one call go wrong from now on.
     *
     * @param number which: 0 is the next
     * @param choice which of the ways of {@link FaultCatalogue}, taken modulo their number
     */
    public void arm(int number, int choice) {
        armed = new Countdown(new AtomicInteger(number), choice);
    }

    /** Lets all calls be as the kernel makes them. {@return the one that went wrong, empty if there were too few} */
    public Optional<Injected> disarm() {
        Countdown countdown = armed;
        armed = null;
        return countdown == null ? Optional.empty() : Optional.ofNullable(countdown.injected);
    }

    private @Nullable Object answer(InterceptedCall made) throws Throwable {
        Countdown countdown = armed;
        List<Fault> faults = FaultCatalogue.of(made.name());
        Call call = new Call(made);
        if (countdown == null || faults.isEmpty() || call.isOnEventFd() || countdown.left.getAndDecrement() != 0) {
            return made.proceed();
        }
        Fault fault = faults.get(countdown.choice % faults.size());
        countdown.injected = new Injected(made.name(), call.subject(), fault, faults.size());
        return fault.effect().on(call);
    }

    private static final class Countdown {
        private final AtomicInteger left;
        private final int choice;
        private volatile @Nullable Injected injected;

        Countdown(AtomicInteger left, int choice) {
            this.left = left;
            this.choice = choice;
        }
    }

    private record Call(InterceptedCall made) implements Fault.MadeCall {

        @Override
        public Object[] arguments() {
            return made.arguments();
        }

        @Override
        public Object proceed(Object... others) throws Throwable {
            return made.proceed(others);
        }

        /** As {@link org.corral.linux.raw.FileCalls} tells it: the path, or but the number of the descriptor. */
        @Override
        public ErrnoException failure(Errno errno) {
            return new ErrnoException(made.name(), errno, subject());
        }

        /** One can be full or empty, and else nothing goes wrong with it (eventfd(2)). */
        boolean isOnEventFd() {
            return ON_FILES.contains(made.name()) && linkOf(arguments()[0]).equals("anon_inode:[eventfd]");
        }

        private static String linkOf(Object fd) {
            try {
                return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
            } catch (IOException e) {
                return ""; // a number of a kernel in memory
            }
        }

        String subject() {
            return Arrays.stream(arguments())
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .findFirst()
                    .orElseGet(this::numbers);
        }

        private String numbers() {
            String what = ON_PIDS.contains(made.name()) ? "pid " : "fd ";
            return Arrays.stream(arguments())
                    .filter(Integer.class::isInstance)
                    .map(number -> what + number)
                    .limit(1)
                    .collect(Collectors.joining());
        }
    }
}
