package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnEventFdsTest {

    private final BlockingQueue<Long> told = new LinkedBlockingQueue<>();
    private NotifyingHost host;
    private OwnEventFds eventFds;

    @BeforeEach
    void boot(@TempDir Path root) throws Exception {
        host = new NotifyingHost(root);
        eventFds = new OwnEventFds(host.poller(), host.control("a"));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        eventFds.close();
        host.close();
    }

    @Test
    void listen_notified_toldHowOften() throws Exception {
        eventFds.listen(MemoryNotice.LOW, told::add);

        host.fire("a", "low", 3);

        assertThat(told.take()).isEqualTo(3);
    }

    @Test
    void listen_unreadable_isNotListenedToAnyMore() throws Exception {
        eventFds.listen(MemoryNotice.LOW, told::add);
        host.events().fail("read", Errno.EIO);

        host.fire("a", "low", 1);
        while (host.poller().size() > 0) {
            Thread.onSpinWait();
        }

        host.events().repair("read");
        assertThat(told).isEmpty();
    }

    @Test
    void listen_refused_nothingIsLeftOpen() {
        host.kernel().calls().failNext("write", "cgroup.event_control", Errno.EINVAL);

        assertThatThrownBy(() -> eventFds.listen(MemoryNotice.OOM, told::add)).isInstanceOf(ErrnoException.class);

        assertThat(host.eventFds()).isZero();
    }
}
