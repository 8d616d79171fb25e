package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.IoUsage.Counts;

/** Counters of block devices, of which nothing is refused: what they tell means the same when written and read again. */
class IoCountersFuzzTest {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @FuzzTest
    void ofV2_anyText_isCountsAndTheirSums(byte[] input) {
        IoUsage usage = IoCounters.ofV2(new String(input, StandardCharsets.UTF_8));

        requireSums(usage);
        assertThat(IoCounters.ofV2(lines(usage, IoCountersFuzzTest::lineOfV2))).isEqualTo(usage);
    }

    @FuzzTest
    void ofV1_anyText_isCountsAndTheirSums(byte[] input) {
        String[] files = new String(input, StandardCharsets.UTF_8).split("\f", 2);
        IoUsage usage = IoCounters.ofV1(files[0], files.length > 1 ? files[1] : "");

        requireSums(usage);
        String bytes = lines(usage, device -> linesOfV1(device, Counts::readBytes, Counts::writeBytes));
        String operations = lines(usage, device -> linesOfV1(device, Counts::reads, Counts::writes));
        assertThat(IoCounters.ofV1(bytes, operations)).isEqualTo(usage);
    }

    private static String lines(IoUsage usage, Function<Map.Entry<DeviceNumber, Counts>, String> line) {
        StringBuilder lines = new StringBuilder();
        usage.devices().entrySet().forEach(device -> lines.append(line.apply(device)));
        return lines.toString();
    }

    private static String lineOfV2(Map.Entry<DeviceNumber, Counts> device) {
        Counts counts = device.getValue();
        return device.getKey() + " other=1" + pair(" rbytes=", counts.readBytes())
                + pair(" wbytes=", counts.writeBytes()) + pair(" rios=", counts.reads())
                + pair(" wios=", counts.writes()) + "\n";
    }

    private static String linesOfV1(
            Map.Entry<DeviceNumber, Counts> device,
            Function<Counts, OptionalLong> reads,
            Function<Counts, OptionalLong> writes) {
        String line = "\n" + device.getKey();
        return line + " Other 1" + pair(line + " Read ", reads.apply(device.getValue()))
                + pair(line + " Write ", writes.apply(device.getValue()));
    }

    private static String pair(String key, OptionalLong count) {
        return count.isPresent() ? key + count.getAsLong() : "";
    }

    private static void requireSums(IoUsage usage) {
        if (!usage.devices().isEmpty()) {
            assertThat(boxed(usage.total().readBytes())).isEqualTo(sum(usage, Counts::readBytes));
            assertThat(boxed(usage.total().writeBytes())).isEqualTo(sum(usage, Counts::writeBytes));
            assertThat(boxed(usage.total().reads())).isEqualTo(sum(usage, Counts::reads));
            assertThat(boxed(usage.total().writes())).isEqualTo(sum(usage, Counts::writes));
        }
    }

    private static Optional<Long> boxed(OptionalLong count) {
        return count.stream().boxed().findFirst();
    }

    private static Optional<Long> sum(IoUsage usage, Function<Counts, OptionalLong> column) {
        return usage.devices().values().stream()
                .flatMap(counts -> column.apply(counts).stream().boxed())
                .map(BigInteger::valueOf)
                .reduce(BigInteger::add)
                .map(sum -> sum.min(MOST).longValue());
    }
}
