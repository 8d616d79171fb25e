package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.Test;

class FdTest {

    private static final int THREADS = 8;

    private final AtomicInteger closes = new AtomicInteger();
    private final FileCalls files = files(arguments -> {
        closes.incrementAndGet();
        return null;
    });
    private final Fd fd = new Fd(files, 7, "eventfd");

    @Test
    void number_whileOpen_isTheDescriptors() {
        assertThat(fd.number()).isEqualTo(7);
        assertThat(fd.isOpen()).isTrue();
        assertThat(fd).hasToString("eventfd (fd 7)");
    }

    @Test
    void close_twice_closesOnce() {
        fd.close();
        fd.close();
        assertThat(closes).hasValue(1);
        assertThat(fd.isOpen()).isFalse();
    }

    @Test
    void number_afterClose_refusedByName() {
        fd.close();
        assertThatThrownBy(fd::number).isInstanceOf(IllegalStateException.class).hasMessage("eventfd (fd 7) is closed");
    }

    @Test
    void close_kernelReportsAnError_isClosedAllTheSame() {
        FileCalls failing = files(arguments -> {
            throw new ErrnoException("close", Errno.EIO, "fd 7");
        });
        Fd broken = new Fd(failing, 7, "/some/file");
        broken.close();
        assertThat(broken.isOpen()).isFalse();
    }

    @Test
    void close_byManyThreads_closesOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS);
        Callable<Void> close = () -> {
            together.await();
            fd.close();
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> all = new ArrayList<>(threads.invokeAll(Collections.nCopies(THREADS, close)));
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(closes).hasValue(1);
    }

    private static FileCalls files(FakeKernel.Answer close) {
        return new FakeKernel().on("close", close).calls(FileCalls.class);
    }
}
