package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.InotifyLimitException;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cgroup is a fake kernel's; inotify and the poller are real, with a real file that stands for the control file. */
@Timeout(60)
class CgroupDirWatchTest {

    private static final String FILE = "memory.events";

    @TempDir
    Path root;

    @TempDir
    Path scratch;

    private final FaultyLinux events = new FaultyLinux();
    private final List<String> watched = new CopyOnWriteArrayList<>();
    private final Semaphore told = new Semaphore(0);
    private FakeLinux kernel;
    private FakeHierarchy unified;
    private CgroupDir dir;
    private Path standIn;
    private Poller poller;
    private FileChanges changes;

    @BeforeEach
    void make() throws Exception {
        kernel = new FakeLinux(root);
        unified = kernel.mountV2(Controller.MEMORY);
        unified.write("/", "cgroup.subtree_control", "+memory");
        unified.make("/corral");
        dir = CgroupDir.open(kernel.linux(), unified.described(), CgroupPath.of("/corral"));
        standIn = Files.createFile(scratch.resolve("file"));
        events.answer("inotifyAdd", this::addStandIn);
        poller = Poller.start(events.linux());
        changes = new FileChanges(events.linux(), poller);
    }

    private int addStandIn(Object[] arguments) throws ErrnoException {
        watched.add((String) arguments[1]);
        return Linux.ofThisHost().events().inotifyAdd((int) arguments[0], standIn.toString(), (int) arguments[2]);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        dir.close();
        poller.close();
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(events.openDescriptors()).isEmpty();
    }

    @Test
    void watch_file_isReachedThroughADescriptorThatIsClosedAgain() throws Exception {
        int before = kernel.openDescriptors().size();

        dir.watch(changes, FILE, told::release);

        assertThat(watched).singleElement().asString().matches(root + "/proc/self/fd/\\d+");
        assertThat(kernel.openDescriptors()).hasSize(before);
        Files.writeString(standIn, "oom 1");
        assertThat(told.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void watch_missingFile_isRefusedBeforeAnyQueueIsMade() {
        assertThatThrownBy(() -> dir.watch(changes, "memory.no_such_file", told::release))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContainingAll("ENOENT", "/corral/memory.no_such_file");
        assertThat(events.openDescriptors()).doesNotContainValue("inotifyCreate");
    }

    @Test
    void watch_fileOfAnotherCgroupBoundOverIt_isRefused() {
        kernel.files().cover("/sys/fs/cgroup/corral/" + FILE);

        assertThatThrownBy(() -> dir.watch(changes, FILE, told::release)).hasMessageContaining("EXDEV");
        assertThat(watched).isEmpty();
    }

    @Test
    void watch_removedCgroup_isGone() {
        unified.remove("/corral");

        assertThatThrownBy(() -> dir.watch(changes, FILE, told::release)).hasMessageContaining("ENODEV");
    }

    @Test
    void watch_oneTooMany_namesSettingAndFileAndClosesWhatItOpened() {
        int before = kernel.openDescriptors().size();
        events.fail("inotifyAdd", Errno.ENOSPC);

        assertThatThrownBy(() -> dir.watch(changes, FILE, told::release))
                .isInstanceOf(InotifyLimitException.class)
                .hasMessageContainingAll("max_user_watches", "/sys/fs/cgroup/corral/" + FILE);
        assertThat(kernel.openDescriptors()).hasSize(before);
    }
}
