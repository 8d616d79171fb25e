package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvent.OomKilled;
import org.corral.core.event.ContainerEvent.ThresholdCrossed;
import org.corral.core.event.Crossing;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent that is so short of descriptors that containers share their eventfds and none keeps a directory open. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.EVENTFD, Need.V1_MEMORY, Need.PYTHON3})
class SharedEventFdsIT {

    private static final Resources LIMITED = Resources.NONE.withMemory(DataSize.ofMebibytes(64));

    private static final String WAVE =
            """
            import os, sys, time
            def wait_for(file):
                while not os.path.exists(file): time.sleep(0.05)
            x = bytearray(48 << 20)
            wait_for(sys.argv[1])
            del x
            wait_for(sys.argv[2])
            """;

    private final BlockingQueue<ContainerEvent> told = new LinkedBlockingQueue<>();
    private final List<ContainerId> others = new ArrayList<>();
    private Host host;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        Linux real = Linux.ofThisHost();
        Linux scarce = new Linux(real.syscalls(), real.root(), new FdBudget(2, count -> 1));
        host = Host.open(
                root,
                scarce,
                options -> options.withIsolatorOptions(List.of(IsolatorOption.parse("cgroups/mem:thresholds=50%"))));
        host.corral().events().subscribe(told::add);
        for (int i = 0; i < 5; i++) {
            others.add(host.launch("other-" + i, Host.command("sleep", "1000").resources(LIMITED)));
        }
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private void assertOthersRunOn() throws IOException {
        assertThat(host.containers().containers()).containsAll(others);
        assertThat(told)
                .filteredOn(event -> others.contains(event.id()))
                .noneMatch(event -> event instanceof OomKilled || event instanceof ThresholdCrossed);
    }

    @Test
    void launch_manyContainers_twoDescriptorsEachAtMost() throws Exception {
        int before = descriptors();

        for (int i = 0; i < 40; i++) {
            host.launch("more-" + i, Host.command("sleep", "1000").resources(LIMITED));
        }

        assertThat(descriptors() - before).isLessThanOrEqualTo(2 * 40);
        assertThat(host.corral().vitals().watchedDescriptors()).isLessThanOrEqualTo(45 + 5 + 1);
        assertThat(host.containers().usage(others.get(0)).memory().orElseThrow().limitBytes())
                .hasValue(64 << 20);
    }

    private static int descriptors() throws IOException {
        return OwnDescriptors.targets().size();
    }

    @Test
    void outOfMemory_oneOfSeveral_endsThatOneAlone() throws Exception {
        ContainerId hog = host.launch(
                "hog", Host.command("python3", "-c", "x = bytearray(256 << 20)").resources(LIMITED));

        assertThat(host.end(hog)).satisfies(end -> {
            assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
            assertThat(end.limitations()).extracting("resource").containsExactly("mem");
        });
        assertOthersRunOn();
    }

    /** The first process goes on, so that the notification alone can tell. */
    @Test
    void outOfMemory_notOfTheFirstProcess_endsTheContainer() throws Exception {
        ContainerId hog = host.launch(
                "hog",
                Host.shell("python3 -c 'x = bytearray(256 << 20)'; sleep 1000").resources(LIMITED));

        assertThat(host.end(hog).reason()).isEqualTo(TerminationReason.LIMITATION);
        assertOthersRunOn();
    }

    @Test
    void outOfMemory_afterOthersHaveEnded_isStillNoticed() throws Exception {
        host.destroy(others.remove(0));
        host.destroy(others.remove(0));

        outOfMemory_notOfTheFirstProcess_endsTheContainer();
    }

    @Test
    void threshold_crossed_isToldOfTheRightOneBothWays() throws Exception {
        Path down = host.scratch("down");
        Path end = host.scratch("end");
        ContainerId wave = host.launch(
                "wave",
                Host.command("python3", "-c", WAVE, down.toString(), end.toString())
                        .resources(LIMITED));

        assertThat(nextCrossing()).satisfies(event -> {
            assertThat(event.id()).isEqualTo(wave);
            assertThat(event.thresholdBytes()).isEqualTo(32 << 20);
            assertThat(event.crossing()).contains(Crossing.RISEN);
        });
        Files.createFile(down);
        assertThat(nextCrossing().crossing()).contains(Crossing.FALLEN);
        Files.createFile(end);
        host.end(wave);
        assertOthersRunOn();
    }

    private ThresholdCrossed nextCrossing() throws InterruptedException {
        ContainerEvent event;
        do {
            event = told.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("a crossing within a minute").isNotNull();
        } while (!(event instanceof ThresholdCrossed));
        return (ThresholdCrossed) event;
    }

    @Test
    @Requires(Need.FILES_ON_DISK)
    void pressure_ofOne_isCountedThereAlone() throws Exception {
        String script = PressureIT.writing(host.scratch("file"));
        ContainerId writer = host.launch("writer", Host.shell(script).resources(LIMITED));

        Eventually.holds("pressure is counted", () -> pressure(writer).low().orElseThrow() > 2);

        assertThat(others).allSatisfy(id -> assertThat(pressure(id).low()).hasValue(0));
        // They are read one after the other while they are counted.
        Eventually.passes(() -> PressureLevels.assertOrdered(pressure(writer)));
    }

    private PressureUsage pressure(ContainerId id) throws IOException {
        return host.containers().usage(id).pressure().orElseThrow();
    }

    /** Each that goes makes the eventfds fire once more. */
    @Test
    void end_ofSeveral_isNoPressureForTheOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            host.end(host.launch("short-" + i, Host.command("true").resources(LIMITED)));
        }
        Pause.millis(500);

        assertThat(others).allSatisfy(id -> assertThat(pressure(id).low()).hasValue(0));
    }
}
