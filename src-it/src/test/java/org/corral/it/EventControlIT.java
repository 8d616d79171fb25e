package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.Controller;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.corral.linux.raw.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Notifications of the v1 memory controller through eventfds. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.EVENTFD, Need.V1_MEMORY})
class EventControlIT {

    private static final long LIMIT_BYTES = 48 << 20;
    private final Linux linux = Linux.ofThisHost();
    private OneCgroup one;
    private EventControl control;
    private Poller poller;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
        control = new EventControl(
                linux, one.cgroup().directory(Controller.MEMORY).orElseThrow());
        poller = Poller.start(linux);
    }

    @AfterEach
    void close() throws Exception {
        poller.close();
        one.close();
    }

    @Test
    void oomControl_limitReached_notified() throws Exception {
        assertNotified(control.connect("memory.oom_control", ""), this::hog);
    }

    /** Nobody kills: who goes over the limit waits, but for a system call, which fails: the next one may be a page fault. */
    @Test
    @MesosBehaviour(7)
    void oomControl_killerOffAndAnEarlierListenerGone_notified() throws Exception {
        one.cgroup().directory(Controller.MEMORY).orElseThrow().write("memory.oom_control", "1");
        control.connect("memory.oom_control", "").close();
        assertNotified(control.connect("memory.oom_control", ""), () -> limited("while :; do tail /dev/zero; done"));
        MemoryController memory = MemoryController.of(one.files(Controller.MEMORY));
        assertThat(memory.events().oomKill()).hasValue(0);
        assertThat(one.cgroup().pids()).isNotEmpty();
    }

    @Test
    void usageThreshold_crossed_notified() throws Exception {
        assertNotified(control.connect("memory.usage_in_bytes", String.valueOf(LIMIT_BYTES / 2)), this::hog);
    }

    @Test
    void pressureLevel_limitReached_notified() throws Exception {
        assertNotified(control.connect("memory.pressure_level", "low"), this::hog);
    }

    @Test
    void oomControl_cgroupRemoved_notifiedToo() throws Exception {
        assertNotified(
                control.connect("memory.oom_control", ""), () -> one.cgroup().delete(OneCgroup.PATIENCE));
    }

    private void hog() throws IOException {
        limited("tail /dev/zero");
    }

    private void limited(String script) throws IOException {
        assertThat(one.limitOne(plan -> plan.memory(Limit.of(LIMIT_BYTES))).isApplied())
                .isTrue();
        one.attachedScript(script);
    }

    private void assertNotified(EventFd event, Action action) throws Exception {
        CountDownLatch notified = new CountDownLatch(1);
        poller.watch(event.fd(), Constants.EPOLLIN, (watch, events) -> {
            watch.cancel();
            notified.countDown();
        });
        assertThat(notified.getCount()).isEqualTo(1);
        action.run();
        assertThat(notified.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void connect_fileWithoutNotifications_refusedWithoutLeak() {
        assertErrno("memory.failcnt", "", Errno.EINVAL);
    }

    @Test
    void connect_unknownLevel_refusedWithoutLeak() {
        assertErrno("memory.pressure_level", "enormous", Errno.EINVAL);
    }

    @Test
    void connect_missingFile_refusedWithoutLeak() {
        assertErrno("memory.no_such_file", "", Errno.ENOENT);
    }

    private void assertErrno(String file, String arguments, Errno errno) {
        ErrnoException e = catchThrowableOfType(ErrnoException.class, () -> control.connect(file, arguments));
        assertThat(e.errno()).isEqualTo(errno);
    }

    /** What makes the kernel notify. */
    private interface Action {
        void run() throws Exception;
    }
}
