package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.corral.core.ContainerId;
import org.corral.core.Cpuset;
import org.corral.core.HugetlbLimits;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFileTest {

    private static final Checkpoint CHECKPOINT =
            Checkpoints.of(ContainerId.of("a").child("b"));

    @TempDir
    Path directory;

    private final CheckpointFile file = new CheckpointFile();

    private Path path() {
        return directory.resolve(CheckpointFile.NAME);
    }

    @Test
    void read_whatWasWritten_isEqual() throws Exception {
        Checkpoint full = CHECKPOINT.withInit(new ProcessIdentity(7, 8)).withWish(TerminationReason.TIMEOUT);

        file.write(directory, full);

        assertThat(file.read(directory)).contains(full);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void wish_isWhatTheWholeCheckpointSays() throws Exception {
        assertThat(file.wish(directory)).as("no checkpoint").isEmpty();

        file.write(directory, CHECKPOINT);
        assertThat(file.wish(directory)).isEmpty();

        file.write(directory, CHECKPOINT.withWish(TerminationReason.TIMEOUT));
        assertThat(file.wish(directory)).contains(TerminationReason.TIMEOUT);
        assertThat(file.read(directory).orElseThrow().wish()).contains(TerminationReason.TIMEOUT);
    }

    /** The first release wrote no reason, and a later one may know another. */
    @ParameterizedTest
    @ValueSource(strings = {"\"other\":1", "\"endReason\":null", "\"endReason\":\"TIRED\""})
    void wish_reasonNotKnown_isDestroyed(String reason) throws Exception {
        file.write(directory, CHECKPOINT.withWish(TerminationReason.TIMEOUT));
        Files.writeString(path(), Files.readString(path()).replace("\"endReason\":\"TIMEOUT\"", reason));

        assertThat(file.wish(directory)).contains(TerminationReason.DESTROYED);
        assertThat(file.read(directory).orElseThrow().wish()).contains(TerminationReason.DESTROYED);
    }

    @Test
    void withWish_again_keepsTheFirstReason() {
        assertThat(CHECKPOINT.wish()).isEmpty();
        assertThat(CHECKPOINT
                        .withWish(TerminationReason.TIMEOUT)
                        .withWish(TerminationReason.DESTROYED)
                        .wish())
                .contains(TerminationReason.TIMEOUT);
    }

    @Test
    void wish_noCheckpoint_isRefused() throws Exception {
        Files.writeString(path(), "{\"resources\":{\"memory\":");

        assertThatThrownBy(() -> file.wish(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void read_everyKnob_isEqual() throws Exception {
        IoThrottle throttle = IoThrottle.ofReadBytes(Maximum.of(7_000_000_000_000_000_000L))
                .orElse(IoThrottle.ofWriteBytes(Maximum.NONE))
                .orElse(IoThrottle.ofReads(Maximum.of(3)))
                .orElse(IoThrottle.ofWrites(Maximum.of(4)));
        DataSize page = DataSize.ofMebibytes(2);
        Resources all = CHECKPOINT
                .resources()
                .withCpuLimit(CpuAmount.parse("0.5"))
                .withCpuset(new Cpuset(Optional.of(IdList.parse("0-3,7")), Optional.of(IdList.parse("1"))))
                .withMemoryRequest(DataSize.ofMebibytes(32))
                .withDisk(DataSize.ofMebibytes(128))
                .withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(96)))
                .withIo(IoLimits.NONE
                        .withWeight(250)
                        .with(new DeviceNumber(8, 0), throttle)
                        .with(new DeviceNumber(254, 16), IoThrottle.ofReads(Maximum.of(1))))
                .withHugetlb(HugetlbLimits.NONE.with(page, Maximum.of(page)).with(DataSize.parse("1G"), Maximum.NONE));

        file.write(directory, CHECKPOINT.withResources(all));

        assertThat(file.read(directory).orElseThrow().resources()).isEqualTo(all);
        assertThat(Files.readString(path())).contains("\"cpus\":\"0-3,7\"", "\"memoryAndSwap\":\"100663296\"");
    }

    @Test
    void read_ofAnEarlierRelease_lacksTheNewKnobsAlone() throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        int begin = text.indexOf("\"resources\":");
        int end = text.indexOf("\"command\"");
        String old = "\"resources\":{\"cpus\":\"1.5\",\"cpuLimit\":null,\"memory\":\"64MiB\","
                + "\"memoryRequest\":null,\"pids\":10},";
        Files.writeString(path(), text.substring(0, begin) + old + text.substring(end));

        assertThat(file.read(directory)).contains(CHECKPOINT);
    }

    @Test
    void read_ofAnEarlierRelease_hasNoDirectory() throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        assertThat(text).contains("\"directory\":\"/srv/ü\"");
        Files.writeString(path(), text.replace("\"directory\":", "\"other\":"));

        assertThat(file.read(directory).orElseThrow().directory()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpuset", "io", "hugetlb"})
    void read_groupThatIsNull_holdsNothing(String group) throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        Files.writeString(path(), text.replace("\"" + group + "\":", "\"" + group + "\":null,\"other\":"));

        assertThat(file.read(directory)).contains(CHECKPOINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cpuset\":{\"cpus\":\"0-\"}}",
                "{\"memoryAndSwap\":\"much\"}",
                "{\"io\":{\"weight\":0}}",
                "{\"io\":{\"throttles\":{\"sda\":{}}}}",
                "{\"io\":{\"throttles\":{\"8:0\":{\"reads\":\"0\"}}}}",
                "{\"hugetlb\":{\"limits\":{\"3M\":\"0\"}}}"
            })
    void read_knobThatCannotBe_isRefused(String resources) throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        Files.writeString(path(), text.replace("\"resources\":", "\"resources\":" + resources + ",\"other\":"));

        assertThatThrownBy(() -> file.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no checkpoint");
    }

    @Test
    void read_absentAmounts_stayAbsent() throws Exception {
        file.write(directory, CHECKPOINT);

        assertThat(file.read(directory).orElseThrow().resources().cpuLimit()).isEmpty();
        assertThat(file.read(directory).orElseThrow().init()).isEmpty();
    }

    @Test
    void write_again_replaces() throws Exception {
        file.write(directory, CHECKPOINT);
        file.write(directory, CHECKPOINT.withOwner(new ProcessIdentity(5, 6)));

        assertThat(file.read(directory).orElseThrow().owner()).isEqualTo(new ProcessIdentity(5, 6));
    }

    @Test
    void write_directoryGone_throwsAndLeavesNothing() {
        assertThatThrownBy(() -> file.write(directory.resolve("gone"), CHECKPOINT))
                .isInstanceOf(IOException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void write_targetCannotBeReplaced_leavesNoTemporaryFile() throws Exception {
        Files.createDirectories(path().resolve("in the way"));

        assertThatThrownBy(() -> file.write(directory, CHECKPOINT)).isInstanceOf(IOException.class);

        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void write_severalAtOnce_leaveOneWholeCheckpoint() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int writer = 1; writer <= 4; writer++) {
            Checkpoint own = CHECKPOINT.withOwner(new ProcessIdentity(writer, writer));
            done.add(writers.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    file.write(directory, own);
                    assertThat(file.read(directory)).isPresent();
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        writers.shutdown();

        assertThat(directory.toFile().list()).containsExactly(CheckpointFile.NAME);
    }

    @Test
    void read_noFile_isEmpty() throws Exception {
        assertThat(file.read(directory)).isEmpty();
        assertThat(file.read(directory.resolve("gone"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "null", "[]", "42", "\"text\"", "{", "{\"version\":1", "garbage \u0000\u0001", "{} {}"
            })
    void read_noCheckpoint_namesTheFile(String text) throws Exception {
        Files.writeString(path(), text);

        assertThatThrownBy(() -> file.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path().toString());
    }

    @Test
    void read_tornAnywhere_isRefused() throws Exception {
        file.write(directory, CHECKPOINT);
        String whole = Files.readString(path());

        for (int length = 0; length < whole.length(); length += 7) {
            Files.writeString(path(), whole.substring(0, length));

            assertThatThrownBy(() -> file.read(directory))
                    .as("%s characters", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void read_unknownFields_areLeftAside() throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        Files.writeString(path(), "{\"fromTheFuture\":{\"x\":[1]}," + text.substring(1));

        assertThat(file.read(directory)).contains(CHECKPOINT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -1})
    void read_otherFormat_isRefusedAndSaidSo(int version) throws Exception {
        file.write(directory, CHECKPOINT);
        Files.writeString(path(), Files.readString(path()).replace("\"version\":1", "\"version\":" + version));

        assertThatThrownBy(() -> file.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format " + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "bootId", "owner", "root", "isolation", "resources", "command", "launchedAt"})
    void read_fieldThatIsNull_isRefused(String field) throws Exception {
        file.write(directory, CHECKPOINT);
        String text = Files.readString(path());
        Files.writeString(path(), text.replace("\"" + field + "\":", "\"" + field + "\":null,\"other\":"));

        assertThatThrownBy(() -> file.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no checkpoint");
    }

    /** Both ends of what is wrong are told: what could not be read, and why. */
    @Test
    void read_longKnobThatCannotBe_isToldWithoutItsMiddle() throws Exception {
        file.write(directory, CHECKPOINT);
        String resources = "{\"memoryAndSwap\":\"" + "x".repeat(4000) + "\"}";
        Files.writeString(
                path(),
                Files.readString(path()).replace("\"resources\":", "\"resources\":" + resources + ",\"other\":"));

        assertThatThrownBy(() -> file.read(directory))
                .hasMessageContainingAll("is no checkpoint", "Maximum", " … ")
                .message()
                .hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"pid\":-1", "\"pid\":0", "\"pid\":\"x\""})
    void read_ownerThatIsNoProcess_isRefused(String pid) throws Exception {
        file.write(directory, CHECKPOINT);
        Files.writeString(path(), Files.readString(path()).replace("\"pid\":100", pid));

        assertThatThrownBy(() -> file.read(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void read_idThatLeadsElsewhere_isRefused() throws Exception {
        file.write(directory, CHECKPOINT);
        Files.writeString(path(), Files.readString(path()).replace("\"a/b\"", "\"../../etc\""));

        assertThatThrownBy(() -> file.read(directory)).isInstanceOf(IOException.class);
    }
}
