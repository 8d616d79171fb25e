package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent.ThresholdCrossed;
import org.corral.core.event.Crossing;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Thresholds of the use on v1. */
@Timeout(60)
class CgroupsMemThresholdsTest extends MemoryFixture {

    private static final String USED = "memory.usage_in_bytes";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Override
    Map<String, String> options() {
        return thresholds("50%,96M");
    }

    private static Map<String, String> thresholds(String text) {
        return Map.of("thresholds", text);
    }

    private static long bytes(long mebibytes) {
        return mebibytes << 20;
    }

    private void uses(long mebibytes) {
        host.cgroup().file(USED, Long.toString(bytes(mebibytes)));
    }

    /** {@return the lines that connected an eventfd with a threshold, from its bytes on} */
    private List<String> connected() {
        return host.kernel().calls().recorded("write").stream()
                .filter(write -> write.matches(".*event_control, \"\\d+ \\d+ \\d+\"\\)"))
                .map(write -> write.replaceAll(".* (\\d+)\"\\)", "$1"))
                .toList();
    }

    /** Notifies as the kernel does. */
    private void notify(long mebibytes) throws Exception {
        String line = host.kernel().calls().recorded("write").stream()
                .filter(write -> write.endsWith(" " + bytes(mebibytes) + "\")"))
                .reduce((first, last) -> last)
                .orElseThrow();
        int eventFd = Integer.parseInt(line.replaceAll(".*\"(\\d+) .*", "$1"));
        byte[] one = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(1)
                .array();
        events.linux().files().write(eventFd, one);
    }

    private ThresholdCrossed next() throws InterruptedException {
        return (ThresholdCrossed) told.take();
    }

    @Test
    void prepare_percentAndSize_areConnectedInBytes() throws Exception {
        prepared(limit(128));

        assertThat(connected()).containsExactly(Long.toString(bytes(64)), Long.toString(bytes(96)));
        assertThat(told).isEmpty();
    }

    @Test
    void prepare_noLimit_sizesAlone() throws Exception {
        prepared(Resources.NONE);

        assertThat(connected()).containsExactly(Long.toString(bytes(96)));
    }

    @ParameterizedTest
    @CsvSource({"64, RISEN", "70, RISEN", "63,"})
    void notified_isToldWithTheUseAndTheSide(long mebibytes, Crossing crossing) throws Exception {
        prepared(limit(128));
        uses(mebibytes);

        notify(64);

        assertThat(next()).satisfies(event -> {
            assertThat(event.thresholdBytes()).isEqualTo(bytes(64));
            assertThat(event.usedBytes()).isEqualTo(bytes(mebibytes));
            assertThat(event.crossing()).isEqualTo(Optional.ofNullable(crossing));
            assertThat(event.crossings()).isEqualTo(1);
        });
    }

    @Test
    void notified_belowAgain_hasFallen() throws Exception {
        prepared(limit(128));
        uses(70);
        mem.cleanup(OneController.ID);
        mem.recover(new RecoveredContainer(OneController.ID, OptionalInt.empty(), limit(128)));
        assertThat(next().crossing()).as("above before it was asked").contains(Crossing.RISEN);
        uses(10);

        notify(64);

        assertThat(next().crossing()).contains(Crossing.FALLEN);
    }

    @Test
    void notified_severalTimesASecond_toldOnceAndCounted() throws Exception {
        prepared(limit(128));
        uses(70);
        notify(64);
        assertThat(next().crossings()).isEqualTo(1);

        notify(64);
        notify(96);

        assertThat(next().thresholdBytes()).as("the other threshold's").isEqualTo(bytes(96));
    }

    @Test
    void notified_tooSoonAndOnTheOtherSideStill_isToldLater() throws Exception {
        fallenTooSoon();

        nanoClock.addAndGet(SECOND);

        assertThat(next()).satisfies(event -> {
            assertThat(event.thresholdBytes()).isEqualTo(bytes(64));
            assertThat(event.crossing()).contains(Crossing.FALLEN);
            assertThat(event.crossings()).isEqualTo(2);
        });
    }

    @Test
    void notified_tooSoonAndBackByThen_isNotTold() throws Exception {
        fallenTooSoon();
        uses(64);

        nanoClock.addAndGet(SECOND);
        awaitLookout();

        assertThat(told).isEmpty();
    }

    @Test
    void notified_tooSoonAndEndedMeanwhile_isNotTold() throws Exception {
        fallenTooSoon();
        mem.release(OneController.ID);

        nanoClock.addAndGet(SECOND);
        awaitLookout();

        assertThat(told).isEmpty();
    }

    /** The use rises above 64 MiB, which is told, and falls at once. */
    private void fallenTooSoon() throws Exception {
        prepared(limit(128));
        uses(70);
        notify(64);
        assertThat(next().crossing()).contains(Crossing.RISEN);
        uses(10);
        notify(64);
        notify(96);
        assertThat(next().thresholdBytes())
                .as("told after the other was taken notice of")
                .isEqualTo(bytes(96));
    }

    /** What was to be looked at within a second has been when this returns. */
    private static void awaitLookout() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        LookoutThread.after(2 * SECOND, TimeUnit.NANOSECONDS, looked::countDown);
        looked.await();
    }

    @Test
    void notified_cgroupGone_tellsNothing() throws Exception {
        prepared(limit(128));
        host.cgroup().withoutFile(USED);

        notify(64);
        mem.release(OneController.ID);
        poller.close();

        assertThat(told).isEmpty();
    }

    @Test
    void update_otherLimit_percentIsArmedAnew() throws Exception {
        prepared(limit(128));
        host.kernel().calls().clear();

        mem.update(OneController.ID, limit(256));
        mem.update(OneController.ID, limit(256));

        assertThat(connected()).containsExactly(Long.toString(bytes(128)));
        assertThat(host.cgroup().file("memory.limit_in_bytes")).isEqualTo(Long.toString(bytes(256)));
    }

    static List<Arguments> failures() {
        return List.of(
                arguments("openat2", USED, Errno.ENOENT),
                arguments("openat2", USED, Errno.EMFILE),
                arguments("write", "event_control", Errno.EINVAL),
                arguments("write", "event_control", Errno.ENOMEM));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void prepare_thresholdRefused_runsWithoutIt(String call, String file, Errno errno) throws Exception {
        host.kernel()
                .calls()
                .before("write", "soft_limit", () -> host.kernel().calls().failNext(call, file, errno));

        prepared(limit(128));

        assertThat(connected()).as("the second of two").contains(Long.toString(bytes(96)));
        assertThat(poller.size()).as("OOM, three levels, one threshold").isEqualTo(5);
    }

    @Test
    void prepare_noDescriptorLeft_runsWithoutIt() throws Exception {
        host.kernel().calls().before("write", "soft_limit", () -> events.fail("eventFd", Errno.EMFILE));

        prepared(limit(128));
        events.repair("eventFd");

        assertThat(connected()).isEmpty();
    }

    @Test
    void make_onV2_refusedWithTheReason() throws Exception {
        host = new OneController(root.resolve("v2"), CgroupVersion.V2, Controller.MEMORY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mem(thresholds("80%")))
                .withMessageContainingAll("cgroups/mem:thresholds", "v2", "leave it out");
    }

    @Test
    void make_noThreshold_refusedWithThePlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mem(thresholds("much")))
                .withMessageContainingAll("cgroups/mem:thresholds", "'much'", "80% or 512M");
    }
}
