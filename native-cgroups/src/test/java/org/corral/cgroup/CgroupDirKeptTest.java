package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Fd;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a cgroup's directory where descriptors run short. The fake kernel's numbers are above every ceiling. */
class CgroupDirKeptTest {

    private static final String A = "/sys/fs/cgroup/cpu/corral/a";

    private FakeLinux kernel;
    private FakeHierarchy cpu;

    /** Nothing may stay open with it. */
    private Linux scarce;

    @BeforeEach
    void boot(@TempDir Path root) {
        kernel = new FakeLinux(root);
        cpu = kernel.mountV1("cpu", Controller.CPU);
        cpu.make("/corral/a");
        scarce = kernel.linux(new FdBudget(1024, count -> 1023));
    }

    @AfterEach
    void noDescriptorLeft() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private CgroupDir open(Linux linux) throws ErrnoException {
        return CgroupDir.open(linux, cpu.described(), CgroupPath.of("/corral/a"));
    }

    /** {@return the cgroup, whose directory was opened and closed again} */
    private CgroupDir closedBetweenUses() throws ErrnoException {
        CgroupDir dir = open(scarce);
        assertThat(dir.read("cpu.shares")).isEqualTo("1024");
        assertThat(kernel.openDescriptors()).isEmpty();
        return dir;
    }

    @Test
    void read_descriptorsEnough_openedOnceAndUsedWithoutFurtherCalls() throws Exception {
        try (CgroupDir dir = open(kernel.linux())) {
            dir.read("cpu.shares");
            kernel.calls().clear();

            dir.read("cpu.shares");

            assertThat(kernel.calls().recorded())
                    .map(call -> call.replaceFirst("\\(.*", ""))
                    .containsExactly("openat2", "read", "read", "close");
            assertThat(kernel.openDescriptors()).containsExactly(A);
        }
    }

    @Test
    void anyUse_closedMeanwhile_openedAgainAndClosedAfterIt() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            dir.write("cpu.shares", "512");
            assertThat(kernel.openDescriptors()).isEmpty();

            assertThat(dir.read("cpu.shares")).isEqualTo("512");
            assertThat(dir.names()).contains("cpu.shares");
            dir.makeChild("b").close();
            assertThat(dir.children()).containsExactly("b");
            dir.removeChild("b");
            dir.setAttribute("user.x", "wert");
            assertThat(dir.attribute("user.x")).contains("wert");
            assertThat(kernel.openDescriptors()).isEmpty();
        }
    }

    @Test
    void read_gaveWayToWhatMustStayOpen_openedAgainAndKept() throws Exception {
        FdBudget budget = new FdBudget(Integer.MAX_VALUE, count -> Integer.MAX_VALUE);
        try (CgroupDir dir = open(kernel.linux(budget))) {
            budget.makeRoom();
            assertThat(kernel.openDescriptors()).isEmpty();
            assertThat(budget.givenUp()).isEqualTo(1);

            assertThat(dir.read("cpu.shares")).isEqualTo("1024");

            assertThat(kernel.openDescriptors()).containsExactly(A);
        }
    }

    @Test
    void anyUse_pathIsAnotherCgroupByNow_gone() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            cpu.remove("/corral/a");
            cpu.make("/corral/a").file("cpu.shares", "7");

            assertErrno(Errno.ENODEV, () -> dir.read("cpu.shares")).withMessageContaining(A);
            assertErrno(Errno.ENODEV, () -> dir.write("cpu.shares", "2"));
            assertErrno(Errno.ENODEV, () -> dir.find("cpu.shares"));
            assertThat(dir.children()).isEmpty();
            assertErrno(Errno.ENOENT, () -> dir.makeChild("x"));
            assertErrno(Errno.ENOENT, dir::pin);
        }
        assertThat(cpu.at("/corral/a").file("cpu.shares")).as("not touched").isEqualTo("7");
    }

    @Test
    void anyUse_removedMeanwhile_gone() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            cpu.remove("/corral/a");

            assertErrno(Errno.ENODEV, () -> dir.read("cpu.shares"));
            assertThat(dir.children()).isEmpty();
        }
    }

    @Test
    void anyUse_anotherHierarchyIsMountedThereByNow_goneThoughTheInodeIsTheSame() throws Exception {
        try (CgroupDir dir = closedBetweenUses();
                CgroupDir top = CgroupDir.openTop(scarce, cpu.described())) {
            top.names();
            cpu.mountAnotherOver();

            assertErrno(Errno.ENODEV, () -> dir.read("cpu.shares")).withMessageContaining("another cgroup");
            assertErrno(Errno.ENOENT, top::names);
        }
    }

    @Test
    void anyUse_anotherFileSystemIsMountedThereByNow_refusedAsAtFirst() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            kernel.files().cover("/sys/fs/cgroup/cpu");

            assertErrno(Errno.EXDEV, () -> dir.read("cpu.shares"));
        }
    }

    @Test
    void anyUse_cannotBeOpenedAgain_toldAndTheNextMaySucceed() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            kernel.calls().failNext("openat2", "/corral/a", Errno.EMFILE, 2);

            assertErrno(Errno.EMFILE, () -> dir.read("cpu.shares")).withMessageContaining(A);

            assertThat(dir.read("cpu.shares")).isEqualTo("1024");
        }
    }

    @Test
    void anyUse_cannotBeLookedAtWhenOpenedAgain_toldAndNothingStaysOpen() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            kernel.calls().failNext("statx", A, Errno.ENOMEM);

            assertErrno(Errno.ENOMEM, () -> dir.read("cpu.shares"));
            assertThat(kernel.openDescriptors()).isEmpty();
        }
    }

    @Test
    void open_cannotBeLookedAt_toldAndNothingStaysOpen() {
        kernel.calls().failNext("statx", A, Errno.ENOMEM);

        assertErrno(Errno.ENOMEM, () -> open(kernel.linux())).withMessageContaining(A);
    }

    @Test
    void pin_descriptorsShort_staysOpenUntilItIsClosed() throws Exception {
        try (CgroupDir dir = closedBetweenUses()) {
            try (CgroupDir.Pin pin = dir.pin()) {
                int number = pin.descriptor();
                dir.read("cpu.shares");

                assertThat(pin.descriptor()).isEqualTo(number);
                assertThat(kernel.openDescriptors()).containsExactly(A);
            }
            assertThat(kernel.openDescriptors()).isEmpty();
        }
    }

    @Test
    void close_whilePinned_closedWhenThePinIs() throws Exception {
        CgroupDir dir = open(kernel.linux());
        try (CgroupDir.Pin pin = dir.pin()) {
            dir.close();

            assertThat(pin.descriptor()).isPositive();
            assertThat(kernel.openDescriptors()).containsExactly(A);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> dir.read("cpu.shares"))
                .withMessage(A + " is closed");
    }

    @Test
    void open_fileOfClosedDirectory_staysOpenByItself() throws Exception {
        try (CgroupDir dir = closedBetweenUses();
                Fd file = dir.open("cpu.shares", Constants.O_RDONLY)) {
            assertThat(file.isOpen()).isTrue();
            assertThat(kernel.openDescriptors()).containsExactly(A + "/cpu.shares");
        }
    }

    @Test
    void inode_closedMeanwhile_thatOfTheFirstOpening() throws Exception {
        try (CgroupDir dir = closedBetweenUses();
                CgroupDir same = open(kernel.linux())) {
            kernel.calls().clear();

            assertThat(dir.inode()).isEqualTo(same.inode());
            assertThat(kernel.calls().recorded()).isEmpty();
        }
    }

    @Test
    void wholeLife_nothingMayStayOpen_asOtherwise() throws Exception {
        CgroupTree tree = new CgroupTree(scarce, kernel.layout(), CgroupPath.of("/corral"));
        try (Cgroup cgroup = tree.create("b", "me")) {
            cgroup.attach(kernel.start().pid());
            assertThat(cgroup.owner()).contains("me");
            assertThat(kernel.openDescriptors()).isEmpty();
            assertThat(tree.openOwn("b").map(CgroupDirKeptTest::closed)).contains(CgroupPath.of("/corral/b"));
        }
    }

    private static CgroupPath closed(Cgroup cgroup) {
        cgroup.close();
        return cgroup.path();
    }

    @Test
    void openOwn_removedWhileItIsLookedAt_isNotThereAndNotForeign() throws Exception {
        CgroupTree tree = new CgroupTree(scarce, kernel.layout(), CgroupPath.of("/corral"));
        kernel.calls().before("statx", A, () -> {}); // the first look, at which it is still there
        kernel.calls().before("fgetxattr", A, () -> cpu.remove("/corral/a"));

        assertThat(tree.openOwn("a")).isEqualTo(Optional.empty());
    }

    private static ThrowableAssertAlternative<ErrnoException> assertErrno(Errno errno, ThrowingCallable call) {
        return assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call)
                .matches(e -> e.is(errno), "is " + errno);
    }
}
