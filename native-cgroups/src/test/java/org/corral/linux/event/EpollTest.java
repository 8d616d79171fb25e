package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.EPOLLIN;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.linux.Fd;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.EventCalls.ReadyEvent;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpollTest {

    private final FaultyLinux kernel = new FaultyLinux();

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void await_nothingReady_isEmptyAfterTheTime() throws Exception {
        try (Epoll epoll = Epoll.create(kernel.linux());
                EventFd event = EventFd.create(kernel.linux())) {
            epoll.add(event.fd(), EPOLLIN, 7);

            assertThat(epoll.await(0)).isEmpty();
        }
    }

    @Test
    void await_ready_tellsWhatItWasAddedWith() throws Exception {
        try (Epoll epoll = Epoll.create(kernel.linux());
                EventFd event = EventFd.create(kernel.linux())) {
            epoll.add(event.fd(), EPOLLIN, 0x1_0000_0002L);
            event.signal();

            assertThat(epoll.await(-1)).containsExactly(new ReadyEvent(EPOLLIN, 0x1_0000_0002L));
        }
    }

    @Test
    void await_removed_isNotToldOf() throws Exception {
        try (Epoll epoll = Epoll.create(kernel.linux());
                EventFd event = EventFd.create(kernel.linux())) {
            epoll.add(event.fd(), EPOLLIN, 1);
            event.signal();
            epoll.remove(event.fd());

            assertThat(epoll.await(0)).isEmpty();
        }
    }

    @Test
    void remove_notThere_isNoError() throws Exception {
        try (Epoll epoll = Epoll.create(kernel.linux());
                EventFd event = EventFd.create(kernel.linux())) {
            epoll.remove(event.fd());

            assertThat(epoll.await(0)).isEmpty();
        }
    }

    @Test
    void remove_otherFailure_namesTheDescriptor() throws Exception {
        try (Epoll epoll = Epoll.create(kernel.linux());
                EventFd event = EventFd.create(kernel.linux())) {
            kernel.fail("epollRemove", Errno.EBADF);

            assertThatThrownBy(() -> epoll.remove(event.fd()))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("remove eventfd");
        }
    }

    @Test
    void add_regularFile_isRefusedAndNamed(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        int number = kernel.linux().files().open(file.toString(), Constants.O_RDONLY, 0);
        try (Epoll epoll = Epoll.create(kernel.linux());
                Fd fd = new Fd(kernel.linux().files(), number, file.toString())) {
            assertThatThrownBy(() -> epoll.add(fd, EPOLLIN, 1))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("EPERM")
                    .hasMessageContaining(file.toString());
        }
    }
}
