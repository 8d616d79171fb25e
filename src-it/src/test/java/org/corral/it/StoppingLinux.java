package org.corral.it;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.corral.linux.Linux;
import org.corral.linux.raw.Constants;
import org.corral.testing.InterceptedCall;
import org.corral.testing.Interception;

/**
 * This kernel, but that a thread stops for good before one of its calls that would change something on the host, and so do
 * the threads it starts.
 */
final class StoppingLinux {

    private static final InheritableThreadLocal<Countdown> COUNTDOWNS = new InheritableThreadLocal<>();

    /** {@return this kernel} */
    Linux linux() {
        Linux real = Linux.ofThisHost();
        return new Linux(Interception.of(real.syscalls(), StoppingLinux::answer), real.root());
    }

    /**
     * Lets this thread make so many calls that change something.
     *
     * @param stopped is told the next one, which is not made
     */
    void allow(int calls, Consumer<String> stopped) {
        COUNTDOWNS.set(new Countdown(new AtomicInteger(calls), stopped));
    }

    private static Object answer(InterceptedCall call) throws Throwable {
        Countdown countdown = COUNTDOWNS.get();
        if (countdown != null && isChange(call)) {
            countdown.count(call.name());
        }
        return call.proceed();
    }

    /** To open a gate's FIFO for writing lets a process pass. */
    private static boolean isChange(InterceptedCall call) {
        boolean opensGate = call.name().equals("open") && ((int) call.arguments()[1] & Constants.O_WRONLY) != 0;
        return opensGate || ChangingCalls.contain(call.name());
    }

    /** Calls that are left, for a thread and those it started. */
    private record Countdown(AtomicInteger left, Consumer<String> stopped) {

        void count(String call) {
            int before = left.getAndDecrement();
            if (before == 0) {
                stopped.accept(call);
            }
            while (before <= 0) {
                LockSupport.park(this);
            }
        }
    }
}
