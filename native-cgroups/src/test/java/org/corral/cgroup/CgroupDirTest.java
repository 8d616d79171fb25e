package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupDirTest {

    private static final String A = "/sys/fs/cgroup/cpu/corral/a";

    private FakeLinux kernel;
    private FakeHierarchy cpu;

    @BeforeEach
    void boot(@TempDir Path root) {
        kernel = new FakeLinux(root);
        cpu = kernel.mountV1("cpu", Controller.CPU);
        cpu.make("/corral/a");
    }

    @AfterEach
    void noDescriptorLeft() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void readAndWrite_controlFile_throughTheDirectory() throws Exception {
        try (CgroupDir dir = openA()) {
            dir.write("cpu.shares", "512");

            assertThat(dir.read("cpu.shares")).isEqualTo("512");
            assertThat(dir).hasToString(A);
            assertThat(dir.path()).hasToString("/corral/a");
        }
        assertThat(kernel.calls().recorded("write")).containsExactly("write(" + A + "/cpu.shares, \"512\")");
    }

    @Test
    void read_longFileInShortReads_allOfIt() throws Exception {
        String text = "0123456789abcdef\n".repeat(2000).strip();
        cpu.at("/corral/a").file("cpu.stat", text);
        kernel.files().longestRead(1000);

        try (CgroupDir dir = openA()) {
            assertThat(dir.read("cpu.stat")).isEqualTo(text);
        }
    }

    @Test
    void find_missingFile_empty() throws Exception {
        try (CgroupDir dir = openA()) {
            assertThat(dir.find("cpu.idle")).isEmpty();
            assertThat(dir.find("cpu.shares")).contains("1024");
        }
    }

    @Test
    void write_kernelRefuses_toldWithPathAndData() throws Exception {
        kernel.calls().failNext("write", "cpu.shares", Errno.EINVAL);
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EINVAL, () -> dir.write("cpu.shares", "x"))
                    .withMessageStartingWith("write(" + A + "/cpu.shares, \"x\"): EINVAL");
        }
    }

    @Test
    void write_openRefused_toldWithPathAndData() throws Exception {
        kernel.calls().failNext("openat2", "cpu.shares", Errno.EACCES);
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EACCES, () -> dir.write("cpu.shares", "2"))
                    .withMessageStartingWith("openat2(" + A + "/cpu.shares, \"2\"): EACCES");
        }
    }

    @Test
    void write_short_isAnErrorAndNotContinued() throws Exception {
        kernel.files().longestWrite(2);
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EIO, () -> dir.write("cpu.shares", "1024")).withMessageContaining("took 2 bytes alone");
        }
        assertThat(kernel.calls().recorded("write")).hasSize(1);
    }

    @Test
    void write_newlineInValue_refusedBeforeAnyCall() throws Exception {
        try (CgroupDir dir = openA()) {
            kernel.calls().clear();

            assertThatIllegalArgumentException().isThrownBy(() -> dir.write("cpu.shares", "1\n2"));
            assertThat(kernel.calls().recorded()).isEmpty();
        }
    }

    @Test
    void write_newlineAlone_isAnEmptyValue() throws Exception {
        try (CgroupDir dir = openA()) {
            dir.write("cpu.shares", "\n");

            assertThat(cpu.at("/corral/a").file("cpu.shares")).isEqualTo("\n");
        }
    }

    @Test
    void names_ofCgroup_sortedFilesAlone() throws Exception {
        cpu.make("/corral/a/child");
        try (CgroupDir dir = openA()) {
            assertThat(dir.names())
                    .isSorted()
                    .contains("cgroup.procs", "cpu.shares")
                    .doesNotContain("child");
        }
    }

    @Test
    void names_removedCgroup_goneWithThePath() throws Exception {
        try (CgroupDir dir = openA()) {
            cpu.remove("/corral/a");

            assertErrno(Errno.ENOENT, dir::names).withMessageContaining(A);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../cpu.shares", "a/cpu.shares", "/etc/passwd", "cpu.shares\0", "a\nb"})
    void anyAccess_hostileName_refusedBeforeAnyCall(String name) throws Exception {
        try (CgroupDir dir = openA()) {
            kernel.calls().clear();

            assertThatIllegalArgumentException().isThrownBy(() -> dir.read(name));
            assertThatIllegalArgumentException().isThrownBy(() -> dir.write(name, "1"));
            assertThatIllegalArgumentException().isThrownBy(() -> dir.makeChild(name));
            assertThatIllegalArgumentException().isThrownBy(() -> dir.openChild(name));
            assertThatIllegalArgumentException().isThrownBy(() -> dir.removeChild(name));
            assertThat(kernel.calls().recorded()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"ENOSYS, 38", "EPERM, 1"})
    void open_openat2Missing_fallsBackToOpenat(String name, int errno) throws Exception {
        kernel.calls().failNext("openat2", "", new Errno(errno), Integer.MAX_VALUE);

        try (CgroupDir dir = openA()) {
            dir.write("cpu.shares", "2");
            assertThat(dir.read("cpu.shares")).as(name).isEqualTo("2");
        }
    }

    @Test
    void open_mountPointOfAnotherFileSystem_refused() {
        kernel.files().cover("/sys/fs/cgroup/cpu");

        assertErrno(Errno.EXDEV, () -> CgroupDir.openTop(kernel.linux(), cpu.described()))
                .withMessageContaining("/sys/fs/cgroup/cpu")
                .withMessageContaining("0x1021994")
                .withMessageContaining("0x27e0eb");
    }

    @Test
    void open_directoryCoveredByAnotherFileSystem_refused() {
        kernel.files().cover(A);

        assertErrno(Errno.EXDEV, this::openA).withMessageContaining(A);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void write_fileCoveredByAnotherFileSystem_refusedWithOrWithoutOpenat2(boolean openat2) throws Exception {
        kernel.files().cover(A + "/cpu.shares");
        if (!openat2) {
            kernel.calls().failNext("openat2", "", Errno.ENOSYS, Integer.MAX_VALUE);
        }
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EXDEV, () -> dir.write("cpu.shares", "2")).withMessageContaining("cpu.shares");
            assertErrno(Errno.EXDEV, () -> dir.read("cpu.shares"));
        }
        assertThat(kernel.calls().recorded("write")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void openChild_linkInItsPlace_refusedWithOrWithoutOpenat2(boolean openat2) throws Exception {
        kernel.files().link(A);
        if (!openat2) {
            kernel.calls().failNext("openat2", "", Errno.ENOSYS, Integer.MAX_VALUE);
        }
        assertErrno(Errno.ELOOP, this::openA).withMessageContaining(A);
    }

    @Test
    void children_ofCgroup_sortedWithoutFiles() throws Exception {
        cpu.make("/corral/b");
        try (CgroupDir dir = CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral"))) {
            assertThat(dir.children()).containsExactly("a", "b");
        }
    }

    @Test
    void makeChild_alreadyThere_eexist() throws Exception {
        try (CgroupDir dir = CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral"))) {
            assertErrno(Errno.EEXIST, () -> dir.makeChild("a")).withMessageContaining(A);
        }
    }

    @Test
    void makeChild_cannotBeOpened_removedAgain() throws Exception {
        kernel.calls().failNext("openat2", "/b", Errno.EMFILE);
        try (CgroupDir dir = CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral"))) {
            assertErrno(Errno.EMFILE, () -> dir.makeChild("b"));
        }
        assertThat(cpu.find("/corral/b")).isEmpty();
    }

    @Test
    void makeChild_cannotBeOpenedNorRemoved_firstFailureIsTold() throws Exception {
        kernel.calls().failNext("openat2", "/b", Errno.EMFILE);
        kernel.calls().failNext("rmdir", "/b", Errno.EBUSY);
        try (CgroupDir dir = CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral"))) {
            assertErrno(Errno.EMFILE, () -> dir.makeChild("b"));
        }
    }

    @Test
    void makeChild_removedByAnotherAtOnce_goneAndWhatBearsItsNameIsLeftAlone() throws Exception {
        kernel.calls().failNext("openat2", "/b", Errno.ENOENT);
        try (CgroupDir dir = CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral"))) {
            assertErrno(Errno.ENOENT, () -> dir.makeChild("b"));
        }
        assertThat(cpu.find("/corral/b")).as("made anew by another agent").isPresent();
    }

    @Test
    void removedCgroup_anyUse_gone() throws Exception {
        try (CgroupDir dir = openA()) {
            cpu.remove("/corral/a");

            assertErrno(Errno.ENODEV, () -> dir.read("cpu.shares")).withMessageContaining("/corral/a/cpu.shares");
            assertErrno(Errno.ENODEV, () -> dir.find("cpu.shares"));
            assertErrno(Errno.ENODEV, () -> dir.find("no.such.file"));
            assertErrno(Errno.ENODEV, () -> dir.read("cgroup.procs"));
            assertThat(dir.children()).isEmpty();
            assertErrno(Errno.ENOENT, () -> dir.makeChild("x"));
        }
    }

    @Test
    void missingFile_cgroupIsThere_isAbsentAlone() throws Exception {
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.ENOENT, () -> dir.read("no.such.file"));
            assertThat(dir.find("no.such.file")).isEmpty();
        }
    }

    /** Then nobody knows, and what the kernel said is told. */
    @Test
    void missingFile_secondLookFails_isMissing() throws Exception {
        try (CgroupDir dir = openA()) {
            kernel.calls().failNext("openat2", "cgroup.procs", Errno.EMFILE);

            assertErrno(Errno.ENOENT, () -> dir.read("no.such.file"));
        }
    }

    @Test
    void children_none_seenWithoutListing() throws Exception {
        try (CgroupDir dir = openA()) {
            kernel.calls().clear();

            assertThat(dir.children()).isEmpty();
            assertThat(kernel.calls().recorded("getdents64")).isEmpty();
        }
    }

    @Test
    void children_errorThatIsNotAbsence_told() throws Exception {
        cpu.make("/corral/a/x");
        kernel.calls().failNext("getdents64", A, Errno.EMFILE);
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EMFILE, dir::children).withMessageContaining(A);
        }
    }

    @Test
    void inode_recreatedCgroup_another() throws Exception {
        try (CgroupDir before = openA()) {
            cpu.remove("/corral/a");
            cpu.make("/corral/a");
            try (CgroupDir after = openA()) {
                assertThat(after.inode()).isNotEqualTo(before.inode());
            }
        }
    }

    @Test
    void attribute_setAndRead_kept() throws Exception {
        try (CgroupDir dir = openA()) {
            assertThat(dir.attribute("user.x")).isEmpty();
            dir.setAttribute("user.x", "wert");
            assertThat(dir.attribute("user.x")).contains("wert");
        }
    }

    @Test
    void attribute_unsupported_toldWithPathAndName() throws Exception {
        kernel.calls().failNext("fgetxattr", "", Errno.EOPNOTSUPP);
        kernel.calls().failNext("fsetxattr", "", Errno.EOPNOTSUPP);
        try (CgroupDir dir = openA()) {
            assertErrno(Errno.EOPNOTSUPP, () -> dir.attribute("user.x")).withMessageContaining(A + ", user.x");
            assertErrno(Errno.EOPNOTSUPP, () -> dir.setAttribute("user.x", "1"))
                    .withMessageContaining(A + ", user.x=1");
        }
    }

    @Test
    void open_missingLevel_noDescriptorLeft() {
        assertErrno(Errno.ENOENT, () -> CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral/zz/b")));
    }

    private CgroupDir openA() throws ErrnoException {
        return CgroupDir.open(kernel.linux(), cpu.described(), CgroupPath.of("/corral/a"));
    }

    private static ThrowableAssertAlternative<ErrnoException> assertErrno(Errno errno, ThrowingCallable call) {
        return assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call)
                .matches(e -> e.is(errno), "is " + errno);
    }
}
