package org.corral.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.PipeEnds;

/**
 * The kernel this test runs on, but for the calls that a test makes fail or answers itself. Keeps the books on the
 * descriptors that were made and closed through it. Thread-safe.
 */
public final class FaultyLinux {

    private static final Set<String> OPENERS = Set.of(
            "open",
            "openAt",
            "openAt2",
            "eventFd",
            "epollCreate",
            "inotifyCreate",
            "pidfdOpen",
            "openFileSystem",
            "socket");

    /** What a call does instead of the kernel's. */
    @FunctionalInterface
    public interface Answer {
        /** {@return what the call returns} */
        Object to(Object[] arguments) throws Exception;
    }

    private final Linux real = Linux.ofThisHost();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Countdown> countdowns = new ConcurrentHashMap<>();
    private final Map<Integer, String> open = new ConcurrentHashMap<>();
    private final List<String> closings = new CopyOnWriteArrayList<>();
    private final List<Integer> strangers = new CopyOnWriteArrayList<>();

    /** Makes a call fail from now on. */
    public FaultyLinux fail(String call, Errno errno) {
        return answer(call, arguments -> {
            throw new ErrnoException(call, errno, "by the test");
        });
    }

    /** Makes one call fail, after so many that the kernel answers. */
    public FaultyLinux failAfter(int answered, String call, Errno errno) {
        countdowns.put(call, new Countdown(new AtomicInteger(answered), errno));
        return this;
    }

    /** Answers a call from now on. */
    public FaultyLinux answer(String call, Answer answer) {
        answers.put(call, answer);
        return this;
    }

    /** Lets the kernel answer a call again. */
    public FaultyLinux repair(String call) {
        answers.remove(call);
        return this;
    }

    /** {@return the descriptors that were made and not closed, each with the call that made it} */
    public Map<Integer, String> openDescriptors() {
        return Map.copyOf(open);
    }

    /** {@return the names of the threads that closed a descriptor, one for each} */
    public List<String> closings() {
        return List.copyOf(closings);
    }

    /** {@return the descriptors that were closed while they were not open} */
    public List<Integer> closedTwice() {
        return List.copyOf(strangers);
    }

    /** {@return the way to this kernel} */
    public Linux linux() {
        return linux(real.root());
    }

    /** {@return the way to this kernel, with {@code /proc} and {@code /sys} below another directory} */
    public Linux linux(Path root) {
        return new Linux(Interception.of(real.syscalls(), this::answer), root);
    }

    private Object answer(InterceptedCall call) throws Throwable {
        Answer answer = answers.get(call.name());
        if (answer != null) {
            return answer.to(call.arguments());
        }
        Countdown countdown = countdowns.get(call.name());
        if (countdown != null && countdown.left.getAndDecrement() == 0) {
            throw new ErrnoException(call.name(), countdown.errno, "by the test");
        }
        if (call.name().equals("close")) {
            closing((Integer) call.arguments()[0]);
        }
        Object result = call.proceed();
        if (OPENERS.contains(call.name())) {
            open.put((Integer) result, call.name());
        } else if (result instanceof PipeEnds pipe) {
            open.put(pipe.read(), call.name());
            open.put(pipe.write(), call.name());
        }
        return result;
    }

    /** Booked before the close: the number may be given out again at once. */
    private void closing(int fd) {
        closings.add(Thread.currentThread().getName());
        if (open.remove(fd) == null) {
            strangers.add(fd);
        }
    }

    private record Countdown(AtomicInteger left, Errno errno) {}
}
