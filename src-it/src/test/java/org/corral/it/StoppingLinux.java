package org.corral.it;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.corral.linux.Linux;
import org.corral.linux.event.EventFd;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;

/**
 * This kernel, but that a thread stops for good before one of its calls that would change something on the host, and so do
 * the threads it starts.
 */
final class StoppingLinux {

    private static final Set<String> CHANGING = Set.of(
            "makeDirectoryAt",
            "removeDirectoryAt",
            "removeFileAt",
            "changeOwner",
            "setAttribute",
            "write",
            "writeFrom",
            "makeFifo",
            "spawn",
            "pidfdSendSignal",
            "setLimits");

    private static final InheritableThreadLocal<Countdown> COUNTDOWNS = new InheritableThreadLocal<>();

    /** {@return this kernel} */
    Linux linux() {
        Linux real = Linux.ofThisHost();
        return new Linux(
                new Syscalls(
                        stopping(FileCalls.class, real.files()),
                        stopping(EventCalls.class, real.events()),
                        stopping(ProcessCalls.class, real.processes()),
                        real.accounts(),
                        real.namespaces(),
                        stopping(BufferCalls.class, real.syscalls().buffers())),
                real.root());
    }

    /**
     * Lets this thread make so many calls that change something.
     *
     * @param stopped is told the next one, which is not made
     */
    void allow(int calls, Consumer<String> stopped) {
        COUNTDOWNS.set(new Countdown(new AtomicInteger(calls), stopped));
    }

    private <T> T stopping(Class<T> type, T calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Countdown countdown = COUNTDOWNS.get();
            if (countdown != null && isChange(method, args)) {
                countdown.count(method.getName());
            }
            try {
                return method.invoke(calls, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** To open a gate's FIFO for writing lets a process pass. */
    private static boolean isChange(Method method, Object... args) {
        boolean opensGate = method.getName().equals("open") && ((int) args[1] & Constants.O_WRONLY) != 0;
        return opensGate || (CHANGING.contains(method.getName()) && !wakesAThread());
    }

    /** That changes nothing on the host, and is done under a lock that all need. */
    private static boolean wakesAThread() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(EventFd.class.getName())));
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
