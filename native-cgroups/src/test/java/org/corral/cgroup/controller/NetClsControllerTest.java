package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetClsControllerTest {

    private static final String CLASSID = "net_cls.classid";

    private final FakeControlFiles files = FakeControlFiles.of(CgroupVersion.V1).with(CLASSID, "0");

    @Test
    void setClassId_class_isWrittenAndRead() throws Exception {
        ClassId wanted = new ClassId(0x10, 1);

        assertThat(NetClsController.of(files).setClassId(wanted))
                .isEqualTo(new KnobOutcome.Written(CLASSID, "1048577", "0"));
        assertThat(NetClsController.of(files).classId()).contains(wanted);
        assertThat(wanted).hasToString("0x100001");
    }

    @Test
    void setClassId_highest_isNotNegative() throws Exception {
        ClassId highest = new ClassId(ClassId.LAST_MAJOR, ClassId.LAST_MINOR);

        NetClsController.of(files).setClassId(highest);

        assertThat(files.text(CLASSID)).isEqualTo("4294901759");
        assertThat(NetClsController.of(files).classId()).contains(highest);
        assertThat(highest).hasToString("0xfffeffff");
    }

    @Test
    void setClassId_refused_saysSo() throws Exception {
        files.refuseWrite(CLASSID, Errno.EACCES);

        assertThat(NetClsController.of(files).setClassId(new ClassId(1, 1)).isRefusedWith(Errno.EACCES))
                .isTrue();
    }

    @Test
    void setClassId_v2_isUnsupportedWithTheReason() throws Exception {
        NetClsController v2 = NetClsController.of(FakeControlFiles.of(CgroupVersion.V2));

        assertThat(v2.setClassId(new ClassId(1, 1)))
                .isEqualTo(new KnobOutcome.Unsupported(CLASSID, "65537", "cgroup v2 has no net_cls"));
        assertThat(v2.classId()).isEmpty();
    }

    @Test
    void classId_notSet_isEmpty() throws Exception {
        assertThat(NetClsController.of(files).classId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "65536", "4294967295", "99999999999999", "x"})
    void classId_noClass_failsAndNamesIt(String text) {
        files.with(CLASSID, text);

        assertThatThrownBy(() -> NetClsController.of(files).classId())
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining(CLASSID);
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> NetClsController.of(files).setClassId(new ClassId(1, 1)))
                .isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> NetClsController.of(files).classId()).isInstanceOf(ErrnoException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,major number 0x0",
        "65535,1,major number 0xffff",
        "1,0,minor number 0x0",
        "1,65536,minor number 0x10000"
    })
    void new_numbersOfNoClass_areRefused(int major, int minor, String message) {
        assertThatThrownBy(() -> new ClassId(major, minor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
