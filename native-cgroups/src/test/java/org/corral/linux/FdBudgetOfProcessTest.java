package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.core.Rlimit;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.Test;

/** The limit that a budget takes from the process, and how it finds out which numbers are free. */
class FdBudgetOfProcessTest {

    @Test
    void ofThisProcess_softLimitBelowTheHardOne_isRaised() {
        List<Object> set = new ArrayList<>();
        FakeKernel kernel = kernel(new Rlimit.Limits(1024, 4096)).on("setLimits", call -> set.add(call[2]));

        FdBudget.ofThisProcess(kernel.linux(Path.of("/")).syscalls());

        assertThat(set).containsExactly(new Rlimit.Limits(4096, 4096));
    }

    @Test
    void ofThisProcess_limitCannotBeRaised_theSoftOneCounts() {
        FakeKernel kernel = kernel(new Rlimit.Limits(64, 4096)).on("setLimits", call -> {
            throw new ErrnoException("prlimit", Errno.EPERM, "");
        });

        assertThat(ofThisProcess(kernel, 31).isScarce()).isFalse();
        assertThat(ofThisProcess(kernel, 32).isScarce()).isTrue();
    }

    @Test
    void ofThisProcess_limitIsNotKnown_thatOfPosixCounts() {
        FakeKernel kernel = kernel(new Rlimit.Limits(1, 1)).on("limits", call -> {
            throw new ErrnoException("prlimit", Errno.EPERM, "");
        });

        assertThat(ofThisProcess(kernel, 511).isScarce()).isFalse();
        assertThat(ofThisProcess(kernel, 512).isScarce()).isTrue();
    }

    @Test
    void ofThisProcess_noLimit_isNeverScarce() {
        FakeKernel kernel = kernel(new Rlimit.Limits(Rlimit.UNLIMITED, Rlimit.UNLIMITED));

        assertThat(ofThisProcess(kernel, 1_000_000).isScarce()).isFalse();
    }

    @Test
    void ofThisProcess_looksFurtherThanOneNumber_opensAsManyAndClosesThem() {
        AtomicInteger next = new AtomicInteger(32);
        Set<Object> opened = new HashSet<>();
        FakeKernel kernel = kernel(new Rlimit.Limits(64, 64)).on("eventFd", call -> {
            opened.add(next.get());
            return next.getAndIncrement();
        });
        kernel.on("close", call -> {
            assertThat(opened.remove(call[0])).isTrue();
            next.set((int) call[0]);
            return null;
        });
        FdBudget budget64 = FdBudget.ofThisProcess(kernel.linux(Path.of("/")).syscalls());
        next.set(60);
        budget64.makeRoom();
        next.set(1);

        assertThat(budget64.isScarce()).as("the 64th").isTrue();
        assertThat(opened).isEmpty();
    }

    @Test
    void isScarce_noneIsFree() {
        FakeKernel kernel = kernel(new Rlimit.Limits(64, 64)).on("eventFd", call -> {
            throw new ErrnoException("eventfd", Errno.EMFILE, "");
        });

        assertThat(FdBudget.ofThisProcess(kernel.linux(Path.of("/")).syscalls()).isScarce())
                .isTrue();
    }

    @Test
    void unlimited_isNeverScarce() {
        assertThat(FdBudget.unlimited().isScarce()).isFalse();
    }

    private static FakeKernel kernel(Rlimit.Limits limits) {
        return new FakeKernel().on("pid", call -> 77).on("limits", call -> limits);
    }

    private static FdBudget ofThisProcess(FakeKernel kernel, int lowestFree) {
        kernel.on("eventFd", call -> lowestFree).on("close", call -> null);
        return FdBudget.ofThisProcess(kernel.linux(Path.of("/")).syscalls());
    }
}
