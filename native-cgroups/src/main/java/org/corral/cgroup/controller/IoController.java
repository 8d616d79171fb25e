package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.IoThrottle;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;

/**
 * The {@code blkio} controller of v1 and the {@code io} controller of v2 of one cgroup: its share of block devices, the most
 * it gets of each, and what it read and wrote.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}, but writers of one cgroup must take turns. Every method
 * fails with ENODEV if the cgroup is gone. Kernel: admin-guide/cgroup-v1/blkio-controller.rst, admin-guide/cgroup-v2.rst,
 * block/bfq-iosched.rst.
 */
public abstract sealed class IoController {

    final ControlFiles files;
    final ControlReader reader;

    private IoController(ControlFiles files) {
        this.files = files;
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static IoController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /**
     * Sets the share under contention in every file that this kernel has for it: v1 {@code blkio.weight} (CFQ, before Linux
     * 5.0) and {@code blkio.bfq.weight}, v2 {@code io.weight} (iocost) and {@code io.bfq.weight}. Which of them has an
     * effect depends on the scheduler of each device; without BFQ and iocost none has.
     *
     * @param weight in the scale of v2, 1 to 10000, 100 for the usual
     * @return one outcome for each file; a single unsupported one where there is none
     * @see Weights
     */
    public List<KnobOutcome> setWeight(long weight) throws IOException {
        List<KnobOutcome> outcomes = new ArrayList<>();
        Map<String, Long> byFile = weights(weight);
        for (Map.Entry<String, Long> wanted : byFile.entrySet()) {
            if (files.find(wanted.getKey()).isPresent()) {
                outcomes.add(weightKnob(wanted.getKey(), wanted.getValue()).apply());
            }
        }
        return outcomes.isEmpty() ? List.of(noWeight(byFile)) : List.copyOf(outcomes);
    }

    private Knob weightKnob(String file, long wanted) {
        return Knob.matching(files, file, Long.toString(wanted), actual -> weightIn(file, actual) == wanted);
    }

    private static KnobOutcome noWeight(Map<String, Long> byFile) {
        Map.Entry<String, Long> first = byFile.entrySet().iterator().next();
        return new KnobOutcome.Unsupported(
                first.getKey(),
                first.getValue().toString(),
                "this kernel was built without weights of block devices: none of " + String.join(", ", byFile.keySet())
                        + " is there");
    }

    /** {@return the weight of the first line, which is {@code 100} or {@code default 100}} */
    private static long weightIn(String file, String text) throws ControlFileFormatException {
        String line = text.split("\n", 2)[0].strip();
        String number = line.startsWith("default ") ? line.substring("default ".length()) : line;
        return Numbers.unsigned(number, file, line, "'default number'");
    }

    /** {@return the files that a weight may be in with what each of them is to hold} */
    abstract Map<String, Long> weights(long weight);

    /** {@return the weight in the first of the files that is there, in that file's own scale; empty if there is none} */
    public OptionalLong weight() throws IOException {
        for (String file : weights(1).keySet()) {
            Optional<String> text = files.find(file);
            if (text.isPresent()) {
                return OptionalLong.of(weightIn(file, text.get()));
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Sets or lifts the most of one device: v1 {@code blkio.throttle.*_device}, v2 {@code io.max}.
     *
     * @param device a whole disk; a partition, or a number without a device, is refused with ENODEV
     * @param throttle absent rates stay as they are
     * @return the outcomes in the order of the writes, up to the first that was refused
     */
    public abstract List<KnobOutcome> setThrottle(DeviceNumber device, IoThrottle throttle) throws IOException;

    /**
     * Reads what went to and from the devices, by this cgroup and those below: v1 {@code blkio.throttle.io_service_bytes} and
     * {@code blkio.throttle.io_serviced}, with {@code _recursive} where the kernel has that; v2 {@code io.stat}. What
     * is in there beside it, as a newer kernel's, is left aside.
     *
     * @return empty if there is no such file
     */
    public abstract Optional<IoUsage> usage() throws IOException;

    private static final class V1 extends IoController {

        private static final String WEIGHT = "blkio.weight";
        private static final String BFQ_WEIGHT = "blkio.bfq.weight";
        private static final String READ_BYTES = "blkio.throttle.read_bps_device";
        private static final String WRITE_BYTES = "blkio.throttle.write_bps_device";
        private static final String READS = "blkio.throttle.read_iops_device";
        private static final String WRITES = "blkio.throttle.write_iops_device";
        private static final String BYTES_DONE = "blkio.throttle.io_service_bytes";
        private static final String OPERATIONS_DONE = "blkio.throttle.io_serviced";
        private static final String RECURSIVE = "_recursive";
        private static final String LIFTED = "0";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        Map<String, Long> weights(long weight) {
            Map<String, Long> byFile = new LinkedHashMap<>();
            byFile.put(WEIGHT, Weights.blkioWeightOfIo(weight));
            byFile.put(BFQ_WEIGHT, Weights.bfqWeightOfIo(weight));
            return byFile;
        }

        @Override
        public List<KnobOutcome> setThrottle(DeviceNumber device, IoThrottle throttle) throws IOException {
            List<Knob> knobs = new ArrayList<>();
            throttle.readBytes().ifPresent(rate -> knobs.add(rateKnob(READ_BYTES, device, rate)));
            throttle.writeBytes().ifPresent(rate -> knobs.add(rateKnob(WRITE_BYTES, device, rate)));
            throttle.reads().ifPresent(rate -> knobs.add(rateKnob(READS, device, rate)));
            throttle.writes().ifPresent(rate -> knobs.add(rateKnob(WRITES, device, rate)));
            return Knob.applyInOrder(knobs.toArray(Knob[]::new));
        }

        private Knob rateKnob(String file, DeviceNumber device, Maximum rate) {
            String wanted = rate.isNone() ? LIFTED : rate.toString();
            return Knob.matching(files, file, device + " " + wanted, actual -> rateIn(actual, device)
                    .equals(wanted));
        }

        /** {@return the rate in the device's line; a device without one has no limit} */
        private static String rateIn(String text, DeviceNumber device) {
            String start = device + " ";
            return text.lines()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(line -> line.substring(start.length()).strip())
                    .orElse(LIFTED);
        }

        @Override
        public Optional<IoUsage> usage() throws IOException {
            Optional<String> bytes = counters(BYTES_DONE);
            Optional<String> operations = counters(OPERATIONS_DONE);
            return bytes.isEmpty() && operations.isEmpty()
                    ? Optional.empty()
                    : Optional.of(IoCounters.ofV1(bytes.orElse(""), operations.orElse("")));
        }

        /** The plain file leaves out the cgroups below. */
        private Optional<String> counters(String file) throws IOException {
            Optional<String> recursive = files.find(file + RECURSIVE);
            return recursive.isPresent() ? recursive : files.find(file);
        }
    }

    private static final class V2 extends IoController {

        private static final String WEIGHT = "io.weight";
        private static final String BFQ_WEIGHT = "io.bfq.weight";
        private static final String MAX = "io.max";
        private static final String STAT = "io.stat";
        private static final String LIFTED = "max";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        Map<String, Long> weights(long weight) {
            Map<String, Long> byFile = new LinkedHashMap<>();
            byFile.put(WEIGHT, weight);
            byFile.put(BFQ_WEIGHT, Weights.bfqWeightOfIo(weight));
            return byFile;
        }

        @Override
        public List<KnobOutcome> setThrottle(DeviceNumber device, IoThrottle throttle) throws IOException {
            Map<String, String> rates = rates(throttle);
            if (rates.isEmpty()) {
                return List.of();
            }
            StringJoiner line = new StringJoiner(" ", device + " ", "");
            rates.forEach((key, rate) -> line.add(key + "=" + rate));
            return Knob.applyInOrder(
                    Knob.matching(files, MAX, line.toString(), actual -> holds(actual, device, rates)));
        }

        private static Map<String, String> rates(IoThrottle throttle) {
            Map<String, String> rates = new LinkedHashMap<>();
            throttle.readBytes().ifPresent(rate -> rates.put("rbps", rate.toString()));
            throttle.writeBytes().ifPresent(rate -> rates.put("wbps", rate.toString()));
            throttle.reads().ifPresent(rate -> rates.put("riops", rate.toString()));
            throttle.writes().ifPresent(rate -> rates.put("wiops", rate.toString()));
            return rates;
        }

        private static boolean holds(String text, DeviceNumber device, Map<String, String> rates)
                throws ControlFileFormatException {
            Map<String, String> line =
                    NestedKeyed.parse(MAX, text).get(device.toString()).orElse(Map.of());
            return rates.entrySet().stream()
                    .allMatch(rate -> line.getOrDefault(rate.getKey(), LIFTED).equals(rate.getValue()));
        }

        @Override
        public Optional<IoUsage> usage() throws IOException {
            return files.find(STAT).map(IoCounters::ofV2);
        }
    }
}
