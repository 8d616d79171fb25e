package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.corral.linux.raw.Constants.EPOLLIN;
import static org.corral.linux.raw.Constants.IN_IGNORED;
import static org.corral.linux.raw.Constants.IN_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.ReadyEvent;
import org.corral.linux.raw.EventCalls.WatchEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrEventCallsTest {

    private static final int NO_FD = 999_999;
    private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

    private final EventCalls events = new JnrEventCalls();
    private final FileCalls files = new JnrFileCalls();
    private final List<Integer> open = new ArrayList<>();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void closeAll() throws IOException {
        for (int fd : open) {
            files.close(fd);
        }
    }

    @Test
    void eventFd_new_emptyAndDoesNotBlock() throws IOException {
        int fd = opened(events.eventFd());
        byte[] buffer = new byte[8];
        assertFails(() -> files.read(fd, buffer, 0), Errno.EAGAIN, "read(fd " + fd + ")");
        files.write(fd, ONE);
        files.write(fd, ONE);
        assertThat(files.read(fd, buffer, 0)).isEqualTo(8);
        assertThat(buffer[0]).isEqualTo((byte) 2);
    }

    @Test
    void epollWait_nothingReady_empty() throws IOException {
        int epoll = opened(events.epollCreate());
        events.epollAdd(epoll, opened(events.eventFd()), EPOLLIN, 1);
        assertThat(events.epollWait(epoll, 0)).isEmpty();
    }

    @Test
    void epollWait_ready_toldUntilRemoved() throws IOException {
        int epoll = opened(events.epollCreate());
        int fd = opened(events.eventFd());
        files.write(fd, ONE);
        events.epollAdd(epoll, fd, EPOLLIN, 42);
        assertThat(events.epollWait(epoll, -1)).containsExactly(new ReadyEvent(EPOLLIN, 42));
        events.epollRemove(epoll, fd);
        assertThat(events.epollWait(epoll, 0)).isEmpty();
    }

    @Test
    void epollWait_moreThanFitInOneAnswer_restNextTime() throws IOException {
        int epoll = opened(events.epollCreate());
        for (int i = 0; i < 70; i++) {
            int fd = opened(events.eventFd());
            files.write(fd, ONE);
            events.epollAdd(epoll, fd, EPOLLIN, i);
        }
        List<ReadyEvent> first = events.epollWait(epoll, 0);
        List<ReadyEvent> second = events.epollWait(epoll, 0);
        assertThat(first).hasSize(64).doesNotHaveDuplicates();
        assertThat(second.get(0)).isNotIn(first);
    }

    @Test
    void epollAdd_twice_eexist() throws IOException {
        int epoll = opened(events.epollCreate());
        int fd = opened(events.eventFd());
        events.epollAdd(epoll, fd, EPOLLIN, 1);
        assertFails(() -> events.epollAdd(epoll, fd, EPOLLIN, 1), Errno.EEXIST, "epoll_ctl(add fd " + fd + ")");
    }

    @Test
    void epollRemove_notThere_enoent() throws IOException {
        int epoll = opened(events.epollCreate());
        int fd = opened(events.eventFd());
        assertFails(() -> events.epollRemove(epoll, fd), Errno.ENOENT, "epoll_ctl(remove fd " + fd + ")");
    }

    @Test
    void inotifyAdd_nothingThere_enoentWithThePath() throws IOException {
        int inotify = opened(events.inotifyCreate());
        String path = directory + "/none";
        assertFails(() -> events.inotifyAdd(inotify, path, IN_MODIFY), Errno.ENOENT, "inotify_add_watch(" + path + ")");
    }

    @Test
    void inotifyRemove_watch_toldAsIgnored() throws IOException {
        int inotify = opened(events.inotifyCreate());
        Path file = Files.writeString(directory.resolve("file"), "");
        int watch = events.inotifyAdd(inotify, file.toString(), IN_MODIFY);
        events.inotifyRemove(inotify, watch);
        assertThat(events.inotifyRead(inotify)).containsExactly(new WatchEvent(watch, IN_IGNORED));
        assertFails(() -> events.inotifyRemove(inotify, watch), Errno.EINVAL, "inotify_rm_watch(watch " + watch + ")");
    }

    @Test
    void everyCall_noDescriptor_ebadf() {
        assertFails(() -> events.epollAdd(NO_FD, NO_FD, EPOLLIN, 1), Errno.EBADF, "epoll_ctl(add fd 999999)");
        assertFails(() -> events.epollRemove(NO_FD, NO_FD), Errno.EBADF, "epoll_ctl(remove fd 999999)");
        assertFails(() -> events.epollWait(NO_FD, 0), Errno.EBADF, "epoll_wait(fd 999999)");
        assertFails(() -> events.inotifyAdd(NO_FD, "/", IN_MODIFY), Errno.EBADF, "inotify_add_watch(/)");
        assertFails(() -> events.inotifyRemove(NO_FD, 1), Errno.EBADF, "inotify_rm_watch(watch 1)");
        assertFails(() -> events.inotifyRead(NO_FD), Errno.EBADF, "read(inotify fd 999999)");
    }

    private int opened(int fd) {
        open.add(fd);
        return fd;
    }

    private static void assertFails(ThrowingCallable call, Errno errno, String where) {
        assertThatExceptionOfType(ErrnoException.class).isThrownBy(call).withMessage(where + ": " + errno);
    }
}
