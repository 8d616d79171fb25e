package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFdTest {

    private final FaultyLinux kernel = new FaultyLinux();

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void drain_nothingHappened_isZero() throws Exception {
        try (EventFd event = EventFd.create(kernel.linux())) {
            assertThat(event.drain()).isZero();
        }
    }

    @Test
    void drain_afterSignals_isTheirNumberOnce() throws Exception {
        try (EventFd event = EventFd.create(kernel.linux())) {
            event.signal();
            event.signal();
            event.signal();

            assertThat(event.drain()).isEqualTo(3);
            assertThat(event.drain()).isZero();
        }
    }

    @Test
    void drain_failingRead_throws() throws Exception {
        try (EventFd event = EventFd.create(kernel.linux())) {
            kernel.fail("read", Errno.EIO);

            assertThatThrownBy(event::drain).isInstanceOf(ErrnoException.class).hasMessageContaining("EIO");
        }
    }

    @Test
    void create_noDescriptorLeft_throws() {
        kernel.fail("eventFd", Errno.EMFILE);

        assertThatThrownBy(() -> EventFd.create(kernel.linux()))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("EMFILE");
    }

    @Test
    void signal_closed_isRefusedWithoutTouchingTheNumber() throws Exception {
        EventFd event = EventFd.create(kernel.linux());
        event.close();
        event.close();

        assertThatThrownBy(event::signal).isInstanceOf(IllegalStateException.class);
        assertThat(kernel.closedTwice()).isEmpty();
    }
}
