package org.corral.linux.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.corral.linux.raw.Constants.EPOLLIN;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_RDWR;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A C library of which each function is interrupted once by a signal, before it has done anything (signal(7)). */
class InterruptedCallsTest {

    private final Set<String> interrupted = new HashSet<>();
    private final LibC.Api libc = (LibC.Api) Proxy.newProxyInstance(
            LibC.Api.class.getClassLoader(),
            new Class<?>[] {LibC.Api.class},
            (proxy, method, arguments) -> call(method, arguments));
    private final FileCalls files = new JnrFileCalls(libc);
    private final EventCalls events = new JnrEventCalls(libc);

    @TempDir
    private Path directory = Path.of("");

    private Object call(Method method, Object... arguments) throws Throwable {
        if (interrupted.add(method.getName())) {
            LibC.RUNTIME.setLastError(Errno.EINTR.number());
            return minusOne(method.getReturnType());
        }
        try {
            return method.invoke(LibC.API, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object minusOne(Class<?> type) {
        if (type == long.class) {
            return -1L;
        }
        return -1;
    }

    @Test
    void file_eachCallInterruptedOnce_repeated() throws Exception {
        int fd = files.open(directory.resolve("file").toString(), O_RDWR | O_CREAT, 0600);
        assertThat(files.write(fd, "abc".getBytes(UTF_8))).isEqualTo(3);
        byte[] read = new byte[3];
        assertThat(files.readAt(fd, read, 0, 0)).isEqualTo(3);
        assertThat(read).asString(UTF_8).isEqualTo("abc");
        assertThat(files.filesystemMagic(fd)).isPositive();
        new JnrFileCalls().close(fd);
        assertThat(interrupted).containsExactlyInAnyOrder("open", "write", "pread", "fstatfs");
    }

    @Test
    void openAt_interruptedOnce_repeated() throws Exception {
        int above = files.open(directory.toString(), O_RDONLY | O_DIRECTORY, 0);
        new JnrFileCalls().close(files.openAt(above, "new", O_RDWR | O_CREAT, 0600));
        new JnrFileCalls().close(files.openAt2(above, "new", O_RDONLY, 0));
        new JnrFileCalls().close(above);
        assertThat(interrupted).containsExactlyInAnyOrder("open", "openat", "syscall");
    }

    /** The descriptor is gone, and its number may be another file's by now (close(2)). */
    @Test
    void close_interrupted_notRepeated() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> files.close(999_999))
                .matches(e -> e.is(Errno.EINTR));
    }

    @Test
    void epollWait_interrupted_nothingIsReadyYet() throws Exception {
        EventCalls undisturbed = new JnrEventCalls();
        int epoll = undisturbed.epollCreate();
        int event = undisturbed.eventFd();
        undisturbed.epollAdd(epoll, event, EPOLLIN, 7);
        new JnrFileCalls().write(event, new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
        assertThat(events.epollWait(epoll, -1)).isEmpty();
        assertThat(events.epollWait(epoll, -1)).containsExactly(new EventCalls.ReadyEvent(EPOLLIN, 7));
        new JnrFileCalls().close(event);
        new JnrFileCalls().close(epoll);
    }
}
