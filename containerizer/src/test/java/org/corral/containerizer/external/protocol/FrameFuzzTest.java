package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.message.Mesos.ResourceStatistics;
import org.corral.containerizer.external.message.Mesos.TaskStatus.Reason;
import org.corral.core.ExitStatus;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.testing.Refusals;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.MemoryUsage;
import org.junit.jupiter.params.provider.MethodSource;

/** What programs and agents tell each other, from the bytes of a frame up to Corral's vocabulary. */
class FrameFuzzTest {

    private static final Mesos.ContainerID ID =
            Mesos.ContainerID.newBuilder().setValue("web").build();

    /** {@return the message of a frame, which is the same from a stream, and when written again} */
    private static <T extends MessageLite> Optional<T> message(byte[] input, Parser<T> parser) throws IOException {
        Optional<T> message = Refusals.accepted(() -> Frame.parse(input, parser), IOException.class);
        Optional<T> streamed =
                Refusals.accepted(() -> Frame.read(new ByteArrayInputStream(input), parser), IOException.class);

        if (message.isPresent()) {
            assertThat(Frame.parse(Frame.of(message.get()), parser)).isEqualTo(message.get());
        }
        if (!startsWithZeros(input)) { // which only Frame.parse skips
            assertThat(streamed).isEqualTo(message);
        }
        return message;
    }

    private static boolean startsWithZeros(byte[] input) {
        return input.length >= Integer.BYTES && input[0] == 0 && input[1] == 0 && input[2] == 0 && input[3] == 0;
    }

    static List<byte[]> launches() {
        Mesos.CommandInfo command = Mesos.CommandInfo.newBuilder()
                .setValue("/bin/sleep")
                .setShell(false)
                .addArguments("sleep")
                .addArguments("1000")
                .build();
        Mesos.ExecutorInfo executor = Mesos.ExecutorInfo.newBuilder()
                .setExecutorId(Mesos.ExecutorID.newBuilder().setValue("e"))
                .setCommand(command)
                .addAllResources(ResourceMessages.of(
                        Resources.NONE.withCpus(CpuAmount.parse("0.5")).withMemory(DataSize.ofMebibytes(64))))
                .build();
        Calls.Launch launch = Calls.Launch.newBuilder()
                .setContainerId(ID)
                .setExecutorInfo(executor)
                .setUser("nobody")
                .build();
        return List.of(Frame.of(launch));
    }

    @MethodSource("launches")
    @FuzzTest
    void launch_anyBytes_areACommandAndResourcesOrRefused(byte[] input) throws Exception {
        Optional<Calls.Launch> launch = message(input, Calls.Launch.parser());

        if (launch.isPresent()) {
            Mesos.ExecutorInfo executor = launch.get().getExecutorInfo();
            Refusals.accepted(() -> CommandLines.words(executor.getCommand()), IllegalArgumentException.class)
                    .ifPresent(words -> assertThat(words).isNotEmpty());
            Refusals.accepted(() -> ResourceMessages.parse(executor.getResourcesList()), IllegalArgumentException.class)
                    .ifPresent(FrameFuzzTest::requireRoundTrip);
        }
    }

    private static void requireRoundTrip(Resources resources) {
        assertThat(ResourceMessages.canTell(resources)).isTrue();
        assertThat(ResourceMessages.parse(ResourceMessages.of(resources))).isEqualTo(resources);
    }

    static List<byte[]> terminations() {
        Calls.Termination old = Calls.Termination.newBuilder()
                .setKilled(true)
                .setMessage("out of memory")
                .setStatus(9)
                .build();
        Calls.Termination limited = Calls.Termination.newBuilder()
                .setStatus(42 << 8)
                .addReasons(Reason.REASON_CONTAINER_LIMITATION_MEMORY)
                .build();
        return List.of(Frame.of(old), Frame.of(limited));
    }

    @MethodSource("terminations")
    @FuzzTest
    void termination_anyBytes_areAnEndThatWaitCanTell(byte[] input) throws Exception {
        Optional<Calls.Termination> message = message(input, Calls.Termination.parser());

        if (message.isPresent()) {
            boolean limited = !TerminationMessages.limitations(message.get()).isEmpty();
            assertThat(TerminationMessages.reason(message.get(), Optional.empty()) == TerminationReason.LIMITATION)
                    .isEqualTo(limited);
            TerminationMessages.status(message.get()).ifPresent(FrameFuzzTest::requireStatus);
        }
    }

    private static void requireStatus(ExitStatus status) {
        int number =
                status instanceof ExitStatus.Exited exited ? exited.code() : ((ExitStatus.Signaled) status).signal();
        assertThat(number).isBetween(0, status instanceof ExitStatus.Exited ? 255 : 64);
    }

    static List<byte[]> usages() {
        ResourceStatistics usage = ResourceStatistics.newBuilder()
                .setTimestamp(1.5e9)
                .setCpusUserTimeSecs(3.5)
                .setCpusSystemTimeSecs(0.25)
                .setMemRssBytes(1 << 30)
                .setMemLimitBytes(-1)
                .setThreads(7)
                .build();
        return List.of(Frame.of(usage));
    }

    @MethodSource("usages")
    @FuzzTest
    void usage_anyBytes_areAmountsOrRefused(byte[] input) throws Exception {
        Optional<ResourceStatistics> message = message(input, ResourceStatistics.parser());

        if (message.isPresent()) {
            Refusals.accepted(() -> UsageMessages.parse(message.get()), IllegalArgumentException.class)
                    .ifPresent(FrameFuzzTest::requireAmounts);
        }
    }

    private static void requireAmounts(ContainerUsage usage) {
        CpuUsage cpu = usage.cpu().orElseThrow();
        MemoryUsage memory = usage.memory().orElseThrow();
        assertThat(Stream.of(cpu.total(), cpu.user(), cpu.system(), cpu.throttled())
                        .flatMap(Optional::stream))
                .noneMatch(time -> time.isNegative());
        assertThat(Stream.of(
                                memory.currentBytes(),
                                memory.limitBytes(),
                                memory.anonBytes(),
                                memory.fileBytes(),
                                memory.swapBytes(),
                                usage.pids().orElseThrow().current(),
                                cpu.periods(),
                                cpu.throttledPeriods())
                        .flatMapToLong(OptionalLong::stream)
                        .boxed())
                .noneMatch(amount -> amount < 0);
    }
}
