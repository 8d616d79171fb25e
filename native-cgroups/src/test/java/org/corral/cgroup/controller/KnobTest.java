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

class KnobTest {

    private static final String FILE = "cpu.shares";
    private static final String BYTES = "memory.limit_in_bytes";

    private final FakeControlFiles files = FakeControlFiles.of(CgroupVersion.V1)
            .with(FILE, "1024")
            .with("other", "0")
            .with(BYTES, "9223372036854771712");

    @Test
    void apply_otherValue_isWrittenAndRemembersThePrevious() throws Exception {
        assertThat(Knob.text(files, FILE, "512").apply()).isEqualTo(new KnobOutcome.Written(FILE, "512", "1024"));
        assertThat(files.text(FILE)).isEqualTo("512");
    }

    @Test
    void apply_sameValue_isNotWritten() throws Exception {
        KnobOutcome outcome = Knob.text(files, FILE, "1024").apply();

        assertThat(outcome).isEqualTo(new KnobOutcome.Unchanged(FILE, "1024"));
        assertThat(outcome.isApplied()).isTrue();
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void apply_kernelHoldsAnotherValue_isClamped() throws Exception {
        files.onWrite(FILE, value -> "262144");

        KnobOutcome outcome = Knob.text(files, FILE, "300000").apply();

        assertThat(outcome).isEqualTo(new KnobOutcome.Clamped(FILE, "300000", "1024", "262144"));
        assertThat(outcome.isApplied()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"22, EINVAL", "16, EBUSY", "13, EACCES", "1, EPERM", "30, EROFS", "34, ERANGE", "28, ENOSPC"})
    void apply_kernelSaysNo_isRefusedWithErrnoPathAndData(int number, String name) throws Exception {
        Errno errno = new Errno(number);
        files.refuseWrite(FILE, errno);

        KnobOutcome outcome = Knob.text(files, FILE, "7").apply();

        assertThat(outcome).isInstanceOfSatisfying(KnobOutcome.Refused.class, refused -> {
            assertThat(refused.errno()).isEqualTo(errno);
            assertThat(refused.message())
                    .startsWith("write(/sys/fs/cgroup/fake/cpu.shares, \"7\"): ")
                    .contains(name);
        });
        assertThat(outcome.isApplied()).isFalse();
        assertThat(outcome.isRefusedWith(errno)).isTrue();
        assertThat(outcome.isRefusedWith(Errno.EIO)).isFalse();
    }

    @Test
    void apply_fileMissing_isUnsupported() throws Exception {
        KnobOutcome outcome = Knob.text(files, "cpu.idle", "1").apply();

        assertThat(outcome).isInstanceOfSatisfying(KnobOutcome.Unsupported.class, unsupported -> {
            assertThat(unsupported.file()).isEqualTo("cpu.idle");
            assertThat(unsupported.requested()).isEqualTo("1");
            assertThat(unsupported.reason()).contains("ENOENT");
        });
        assertThat(outcome.isApplied()).isFalse();
        assertThat(outcome.isRefusedWith(Errno.ENOENT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"95", "524"})
    void apply_kernelDoesNotSupportIt_isUnsupported(int number) throws Exception {
        files.refuseWrite(FILE, new Errno(number));

        assertThat(Knob.text(files, FILE, "7").apply()).isInstanceOf(KnobOutcome.Unsupported.class);
    }

    @Test
    void apply_unreadableFile_isRefusedUnwritten() throws Exception {
        files.refuseRead(FILE, Errno.EACCES);

        assertThat(Knob.text(files, FILE, "7").apply().isRefusedWith(Errno.EACCES))
                .isTrue();
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void apply_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> Knob.text(files, FILE, "7").apply())
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    }

    @Test
    void apply_cgroupGoneBeforeReadBack_throws() {
        files.onWrite(FILE, value -> {
            files.goAway();
            return value;
        });

        assertThatThrownBy(() -> Knob.text(files, FILE, "7").apply())
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    }

    @ParameterizedTest
    @CsvSource({"999424", "1003520", "983040"})
    void applyBytes_roundedToPages_isWritten(String rounded) throws Exception {
        files.onWrite(BYTES, value -> rounded);

        assertThat(Knob.bytes(files, BYTES, Limit.of(1_000_001)).apply()).isInstanceOf(KnobOutcome.Written.class);
    }

    @ParameterizedTest
    @CsvSource({"934464", "1065537", "9223372036854771712"})
    void applyBytes_furtherThanAPage_isClamped(String other) throws Exception {
        files.onWrite(BYTES, value -> other);

        assertThat(Knob.bytes(files, BYTES, Limit.of(1_000_001)).apply()).isInstanceOf(KnobOutcome.Clamped.class);
    }

    @Test
    void applyBytes_withinAPageOfCurrent_isWrittenAllTheSame() throws Exception {
        files.with(BYTES, "999424");

        Knob.bytes(files, BYTES, Limit.of(1_000_001)).apply();

        assertThat(files.writes()).containsExactly(BYTES + "=1000001");
    }

    @Test
    void applyBytes_noLimitWhereThereIsNone_isUnchanged() throws Exception {
        assertThat(Knob.bytes(files, BYTES, Limit.NONE).apply()).isEqualTo(new KnobOutcome.Unchanged(BYTES, "-1"));
    }

    @Test
    void applyBytes_noLimitReadBackInPages_isWritten() throws Exception {
        files.with(BYTES, "4096").onWrite(BYTES, value -> "9223372036854710272");

        assertThat(Knob.bytes(files, BYTES, Limit.NONE).apply())
                .isEqualTo(new KnobOutcome.Written(BYTES, "-1", "4096"));
    }

    @Test
    void applyBytes_fileCutShort_failsAndWritesNothing() {
        files.with(BYTES, "");

        assertThatThrownBy(() -> Knob.bytes(files, BYTES, Limit.of(1)).apply())
                .isInstanceOf(ControlFileFormatException.class);
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void applyInOrder_refusal_stopsThere() throws Exception {
        files.refuseWrite(FILE, Errno.EBUSY);

        assertThat(Knob.applyInOrder(Knob.text(files, FILE, "7"), Knob.text(files, "other", "1")))
                .hasSize(1)
                .allMatch(outcome -> outcome.isRefusedWith(Errno.EBUSY));
        assertThat(files.text("other")).isEqualTo("0");
    }

    @Test
    void applyInOrder_unsupported_goesOn() throws Exception {
        assertThat(Knob.applyInOrder(Knob.text(files, "missing", "7"), Knob.text(files, "other", "1")))
                .hasSize(2);
        assertThat(files.text("other")).isEqualTo("1");
    }
}
