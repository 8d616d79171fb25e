package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.DiskUsage;
import org.corral.linux.disk.DiskWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskDuTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final int MEBIBYTE = 1 << 20;
    private static final long GENEROUS_SECONDS = 60;

    @TempDir
    Path directory;

    @TempDir
    Path beside;

    private final PollTimer timer = new PollTimer();
    private volatile Function<ContainerId, Optional<Resources>> written = id -> Optional.empty();

    @AfterEach
    void stop() {
        timer.close();
    }

    private DiskDu isolator(Map<String, String> options) {
        return new DiskDu(DiskWalk.ofThisHost(), timer, id -> written.apply(id), options);
    }

    private DiskDu running(Map<String, String> options) throws IOException {
        DiskDu isolator = isolator(options);
        isolator.prepare(ID, request().directory(directory).build());
        isolator.isolate(ID, 100);
        return isolator;
    }

    private static LaunchRequest.Builder request() {
        return LaunchRequest.builder(List.of("x"));
    }

    /** The file is there whole at once, whoever looks meanwhile. */
    private void write(int bytes) throws IOException {
        Path written = Files.write(beside.resolve("file"), new byte[bytes]);
        Files.move(written, directory.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static DiskUsage disk(DiskDu isolator) throws IOException {
        return isolator.usage(ID).disk().orElseThrow();
    }

    @Test
    void watch_moreThanTheLimit_isToldWithBoth() throws Exception {
        DiskDu isolator = running(Map.of("interval", "0.1s", "limit", "1M"));
        CompletableFuture<Limitation> limited = isolator.watch(ID).toCompletableFuture();
        write(2 * MEBIBYTE);

        Limitation limitation = limited.get(GENEROUS_SECONDS, TimeUnit.SECONDS);

        assertThat(limitation.resource()).isEqualTo("disk");
        assertThat(limitation.limit()).hasValue(MEBIBYTE);
        assertThat(limitation.peak().orElseThrow()).isGreaterThanOrEqualTo(2 * MEBIBYTE);
        assertThat(limitation.message()).startsWith("disk limit of 1.0MiB exceeded: " + directory + " takes 2.0MiB");
        assertThat(isolator.limitation(ID)).contains(limitation);
        assertThat(disk(isolator).limitBytes()).hasValue(MEBIBYTE);
    }

    @Test
    void watch_limitOfTheContainer_isTakenInsteadOfTheAgents() throws Exception {
        DiskDu isolator = isolator(Map.of("interval", "0.1s", "limit", "1M"));
        Resources plenty = Resources.NONE.withDisk(DataSize.ofMebibytes(64));
        isolator.prepare(ID, request().directory(directory).resources(plenty).build());
        isolator.isolate(ID, 100);
        write(4 * MEBIBYTE);
        assertThat(disk(isolator).limitBytes()).hasValue(64 * MEBIBYTE);

        isolator.update(ID, Resources.NONE.withDisk(DataSize.ofMebibytes(2)));
        isolator.update(ContainerId.of("unknown"), plenty);

        Limitation limitation = isolator.watch(ID).toCompletableFuture().get(GENEROUS_SECONDS, TimeUnit.SECONDS);
        assertThat(limitation.limit()).hasValue(2 * MEBIBYTE);
    }

    private static Resources limit(int mebibytes) {
        return Resources.NONE.withDisk(DataSize.ofMebibytes(mebibytes));
    }

    @Test
    void watch_limitWrittenDownByAnother_isTakenAtTheNextLook() throws Exception {
        DiskDu isolator = running(Map.of("interval", "0.1s"));
        write(4 * MEBIBYTE);
        assertThat(disk(isolator).limitBytes()).isEmpty();

        written = id -> Optional.of(limit(2)).filter(resources -> id.equals(ID));

        Limitation limitation = isolator.watch(ID).toCompletableFuture().get(GENEROUS_SECONDS, TimeUnit.SECONDS);
        assertThat(limitation.limit()).hasValue(2 * MEBIBYTE);
        assertThat(disk(isolator).limitBytes()).hasValue(2 * MEBIBYTE);
    }

    @Test
    void watch_limitLiftedByAnother_isThatOfTheAgent() throws Exception {
        DiskDu isolator = isolator(Map.of("interval", "0.1s", "limit", "64M"));
        isolator.prepare(ID, request().directory(directory).resources(limit(32)).build());
        written = id -> Optional.of(Resources.NONE);

        isolator.isolate(ID, 100);

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
        while (disk(isolator).limitBytes().orElseThrow() != 64 * MEBIBYTE) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void recover_running_isMeasuredAndLimited() throws Exception {
        DiskDu isolator = isolator(Map.of("interval", "0.1s"));
        isolator.recover(new RecoveredContainer(ID, OptionalInt.of(100), limit(2), Optional.of(directory)));
        assertThat(disk(isolator).limitBytes()).hasValue(2 * MEBIBYTE);
        write(4 * MEBIBYTE);

        assertThat(isolator.watch(ID)
                        .toCompletableFuture()
                        .get(GENEROUS_SECONDS, TimeUnit.SECONDS)
                        .limit())
                .hasValue(2 * MEBIBYTE);
    }

    @Test
    void recover_ended_isMeasuredAtTheEndAlone() throws Exception {
        DiskDu isolator = isolator(Map.of("interval", "0.1s"));
        write(4 * MEBIBYTE);
        isolator.recover(new RecoveredContainer(ID, OptionalInt.empty(), limit(2), Optional.of(directory)));

        assertThat(isolator.limitation(ID)).isEmpty();

        assertThat(disk(isolator).usedBytes().orElseThrow()).isGreaterThanOrEqualTo(4 * MEBIBYTE);
        assertThat(isolator.watch(ID).toCompletableFuture()).isNotDone();
    }

    @Test
    void recover_noDirectoryWrittenDown_saysWhyItIsNotMeasured() throws Exception {
        DiskDu isolator = isolator(Map.of());

        isolator.recover(new RecoveredContainer(ID, OptionalInt.of(100), limit(2)));

        assertThat(isolator.usage(ID).absent().get("disk")).contains("did not write it down");
    }

    @Test
    void usage_beforeTheFirstLook_isMeasuredOnce() throws Exception {
        DiskDu isolator = running(Map.of());
        write(MEBIBYTE);
        long seen = disk(isolator).usedBytes().orElseThrow();
        write(8 * MEBIBYTE);

        assertThat(seen).isBetween((long) MEBIBYTE, 2L * MEBIBYTE);
        assertThat(disk(isolator).usedBytes()).hasValue(seen);
        assertThat(disk(isolator).limitBytes()).isEmpty();
    }

    @Test
    void usage_running_followsWhatIsWritten() throws Exception {
        DiskDu isolator = running(Map.of("interval", "0.1s"));
        write(4 * MEBIBYTE);

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GENEROUS_SECONDS);
        while (disk(isolator).usedBytes().orElseThrow() < 4 * MEBIBYTE) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void limitation_endedBetweenTwoLooks_isNoneButTheUseIsThatOfTheEnd() throws Exception {
        DiskDu isolator = running(Map.of("limit", "1M"));
        disk(isolator);
        write(2 * MEBIBYTE);

        assertThat(isolator.limitation(ID)).isEmpty();
        assertThat(disk(isolator).usedBytes().orElseThrow()).isGreaterThanOrEqualTo(2 * MEBIBYTE);
    }

    @Test
    void usage_noWorkingDirectory_saysWhy() throws Exception {
        DiskDu isolator = isolator(Map.of("limit", "1M"));
        isolator.prepare(ID, request().build());
        isolator.isolate(ID, 100);

        assertThat(isolator.usage(ID).disk()).isEmpty();
        assertThat(isolator.usage(ID).absent()).containsKey("disk");
        assertThat(isolator.watch(ID).toCompletableFuture()).isNotDone();
        assertThat(isolator.limitation(ID)).isEmpty();
    }

    @Test
    void prepare_limitWithoutDirectory_isRefused() {
        LaunchRequest nowhere = request()
                .resources(Resources.NONE.withDisk(DataSize.ofMebibytes(2)))
                .build();

        assertThatThrownBy(() -> isolator(Map.of()).prepare(ID, nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk limit 2MiB needs a working directory");
    }

    @Test
    void usage_directoryIsGone_isAFailureThatNamesIt() throws Exception {
        DiskDu isolator = running(Map.of());
        Files.delete(directory);

        assertThatThrownBy(() -> isolator.usage(ID))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(directory.toString(), "ENOENT");
        Files.createDirectory(directory);
        assertThat(disk(isolator).usedBytes()).isPresent();
    }

    @Test
    void cleanup_twiceAndUnknown_leavesWhatWasWritten() throws Exception {
        DiskDu isolator = running(Map.of("interval", "0.1s"));
        write(1);

        isolator.cleanup(ID);
        isolator.cleanup(ID);
        isolator.release(ContainerId.of("unknown"));

        assertThat(directory.resolve("file")).exists();
        assertThat(isolator.usage(ID).disk()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "0.05s", "-1s", "15", "often"})
    void new_badInterval_isRefusedWithTheRemedy(String interval) {
        assertThatThrownBy(() -> isolator(Map.of("interval", interval)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("isolator option disk/du:interval '" + interval + "'")
                .hasMessageEndingWith("give one as 15s or 1m30s");
    }

    @Test
    void new_badLimit_isRefused() {
        assertThatThrownBy(() -> isolator(Map.of("limit", "much")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size 'much'");
    }

    @Test
    void name_isolator_isThatOfMesos() {
        assertThat(isolator(Map.of()).name()).isEqualTo("disk/du");
    }
}
