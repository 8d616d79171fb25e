package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PressureLevelsV1Test {

    private final FaultyLinux kernel = new FaultyLinux();
    private final BlockingQueue<PressureUsage> told = new LinkedBlockingQueue<>();
    private Poller poller;
    private PressureLevelsV1 levels;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
        levels = new PressureLevelsV1(poller, (level, counts) -> told.add(counts));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        levels.close();
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private EventFd listenTo(PressureLevel level) throws Exception {
        EventFd notification = EventFd.create(kernel.linux());
        levels.listen(level, notification);
        return notification;
    }

    @Test
    void notified_isCountedAndTold() throws Exception {
        EventFd low = listenTo(PressureLevel.LOW);
        listenTo(PressureLevel.CRITICAL);

        low.signal();
        assertThat(told.take().low()).hasValue(1);
        low.signal();

        assertThat(told.take())
                .isEqualTo(new PressureUsage(OptionalLong.of(2), OptionalLong.empty(), OptionalLong.of(0)))
                .isEqualTo(levels.usage());
    }

    @Test
    void listensToNothing_isAbsent() {
        assertThat(levels.usage())
                .isEqualTo(new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void unreadable_isNotListenedToAnyMore() throws Exception {
        EventFd low = listenTo(PressureLevel.LOW);
        kernel.fail("read", Errno.EIO);

        low.signal();
        while (poller.size() > 0) {
            Thread.onSpinWait();
        }

        kernel.repair("read");
        assertThat(levels.usage().low()).hasValue(0);
        assertThat(told).isEmpty();
    }
}
