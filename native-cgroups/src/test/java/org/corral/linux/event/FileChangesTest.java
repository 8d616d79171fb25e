package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.corral.linux.raw.Constants.IN_Q_OVERFLOW;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.WatchEvent;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileChangesTest {

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private final Semaphore told = new Semaphore(0);
    private final Semaphore otherTold = new Semaphore(0);
    private Poller poller;
    private FileChanges changes;
    private Path file;
    private Path other;

    @BeforeEach
    void start() throws Exception {
        poller = Poller.start(kernel.linux());
        changes = new FileChanges(kernel.linux(), poller);
        file = Files.createFile(directory.resolve("memory.events"));
        other = Files.createFile(directory.resolve("cgroup.events"));
    }

    @AfterEach
    void everyDescriptorIsClosedOnce() {
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(kernel.closedTwice()).isEmpty();
    }

    private FileChanges.Watch watch(Path path, Semaphore semaphore) throws IOException {
        return changes.watch(path, path.getFileName().toString(), semaphore::release);
    }

    private static void awaitTold(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    /** What was queued before this change has been told when this returns. */
    private void awaitQueued() throws Exception {
        Path last = Files.createFile(directory.resolve("last"));
        Semaphore lastTold = new Semaphore(0);
        FileChanges.Watch watch = watch(last, lastTold);
        Files.writeString(last, "x");
        awaitTold(lastTold);
        watch.cancel();
        Files.delete(last);
    }

    @Test
    void watch_nothingYet_holdsNoQueue() {
        assertThat(kernel.openDescriptors()).doesNotContainValue("inotifyCreate");
    }

    @Test
    void watch_twoFiles_eachIsToldOfItsOwnThroughOneQueue() throws Exception {
        watch(file, told);
        watch(other, otherTold);

        Files.writeString(file, "oom 1");
        awaitTold(told);
        assertThat(otherTold.availablePermits()).isZero();
        Files.writeString(other, "populated 0");
        awaitTold(otherTold);

        assertThat(kernel.openDescriptors().values())
                .filteredOn("inotifyCreate"::equals)
                .hasSize(1);
    }

    @Test
    void watch_sameFileTwice_bothAreToldUntilEachIsCancelled() throws Exception {
        FileChanges.Watch first = watch(file, told);
        FileChanges.Watch second = watch(file, otherTold);

        first.cancel();
        Files.writeString(file, "oom 1");
        awaitTold(otherTold);
        second.cancel();

        assertThat(told.availablePermits()).isZero();
        assertThat(changes.size()).isZero();
    }

    @Test
    void cancel_twice_tellsNothingMoreAndEndsTheKernelsWatchOnce() throws Exception {
        AtomicInteger removals = new AtomicInteger();
        FileChanges.Watch watch = watch(file, told);
        watch(other, otherTold);
        kernel.answer("inotifyRemove", arguments -> removals.incrementAndGet());

        watch.cancel();
        watch.cancel();
        kernel.repair("inotifyRemove");
        Files.writeString(file, "oom 1");
        awaitQueued();

        assertThat(told.availablePermits()).isZero();
        assertThat(removals).hasValue(1);
    }

    @Test
    void cancel_inTheCallAndWatchedAnew_isToldAgain() throws Exception {
        Semaphore once = new Semaphore(0);
        FileChanges.Watch[] own = new FileChanges.Watch[1];
        own[0] = changes.watch(file, "file", () -> {
            own[0].cancel();
            once.release();
        });
        Files.writeString(file, "oom 1");
        awaitTold(once);

        watch(file, told);
        Files.writeString(file, "oom 2");
        awaitTold(told);

        assertThat(once.availablePermits()).isZero();
    }

    @Test
    void cancel_kernelRefuses_isOverAllTheSame() throws Exception {
        FileChanges.Watch watch = watch(file, told);
        kernel.fail("inotifyRemove", Errno.EBADF);

        watch.cancel();

        assertThat(changes.size()).isZero();
        kernel.repair("inotifyRemove");
    }

    @Test
    void file_deleted_isToldOnceMoreAndTheWatchEnds() throws Exception {
        FileChanges.Watch watch = watch(file, told);

        Files.delete(file);
        awaitTold(told);

        assertThat(changes.size()).isZero();
        watch.cancel();
    }

    @Test
    void queue_overflown_allAreTold() throws Exception {
        watch(file, told);
        watch(other, otherTold);
        kernel.answer("inotifyRead", arguments -> {
            kernel.repair("inotifyRead");
            return List.of(new WatchEvent(-1, IN_Q_OVERFLOW));
        });

        Files.writeString(file, "oom 1");

        awaitTold(told);
        awaitTold(otherTold);
    }

    @Test
    void queue_unreadable_isGivenUpAndMadeAnewForTheNextFile() throws Exception {
        FileChanges.Watch lost = watch(file, told);
        kernel.answer("inotifyRead", arguments -> {
            kernel.repair("inotifyRead");
            throw new ErrnoException("read", Errno.EIO, "by the test");
        });
        Files.writeString(file, "oom 1");
        while (poller.size() > 0) {
            Thread.onSpinWait();
        }

        watch(other, otherTold);
        lost.cancel(); // the new queue has given the same number to another file
        Files.writeString(other, "populated 0");

        awaitTold(otherTold);
        assertThat(told.availablePermits()).isZero();
    }

    @Test
    void changed_throwing_isNotCalledAgainAndOthersGoOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        changes.watch(file, "file", () -> {
            calls.incrementAndGet();
            throw new IllegalStateException("by the test");
        });
        watch(file, told);

        Files.writeString(file, "oom 1");
        awaitTold(told);
        Files.writeString(file, "oom 2");
        awaitTold(told);

        assertThat(calls).hasValue(1);
        assertThat(changes.size()).isEqualTo(1);
    }

    @Test
    void watch_tooManyQueues_namesTheSettingAndItsValue() throws Exception {
        kernel.fail("inotifyCreate", Errno.EMFILE);
        String value = Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_user_instances"))
                .get(0);

        InotifyLimitException e = catchThrowableOfType(InotifyLimitException.class, () -> watch(file, told));

        assertThat(e.setting()).isEqualTo("fs.inotify.max_user_instances");
        assertThat(e).hasMessageContainingAll(e.setting(), " of " + value + " or", "RLIMIT_NOFILE", "EMFILE");
        kernel.repair("inotifyCreate");
        watch(file, told);
    }

    @Test
    void watch_tooManyWatches_namesSettingAndFile() {
        kernel.fail("inotifyAdd", Errno.ENOSPC);

        InotifyLimitException e = catchThrowableOfType(InotifyLimitException.class, () -> watch(file, told));

        assertThat(e.setting()).isEqualTo("fs.inotify.max_user_watches");
        assertThat(e).hasMessageContainingAll(e.setting(), "memory.events", "ENOSPC");
        assertThat(changes.size()).isZero();
    }

    @Test
    void watch_limitWithoutProc_saysThatItsValueIsUnknown() {
        kernel.fail("inotifyCreate", Errno.EMFILE);
        FileChanges withoutProc = new FileChanges(kernel.linux(directory), poller);

        assertThatThrownBy(() -> withoutProc.watch(file, "file", told::release))
                .hasMessageContaining("of unknown value");
    }

    @Test
    void watch_otherFailure_isTold() {
        assertThatThrownBy(() -> changes.watch(directory.resolve("none"), "the file", told::release))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContainingAll("ENOENT", "the file");
        FileChanges second = new FileChanges(kernel.linux(), poller);
        kernel.fail("inotifyCreate", Errno.ENFILE);
        assertThatThrownBy(() -> second.watch(file, "file", told::release))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("ENFILE");
    }

    @Test
    void watch_epollRefuses_leavesNoQueue() throws Exception {
        kernel.fail("epollAdd", Errno.ENOSPC);

        assertThatThrownBy(() -> watch(file, told)).isInstanceOf(ErrnoException.class);

        assertThat(kernel.openDescriptors()).doesNotContainValue("inotifyCreate");
    }

    @Test
    void poller_closed_watchesAreOverAndNoneIsTaken() throws Exception {
        FileChanges.Watch watch = watch(file, told);

        poller.close();

        assertThat(changes.size()).isZero();
        watch.cancel();
        assertThatThrownBy(() -> watch(file, told)).isInstanceOf(IllegalStateException.class);
    }
}
