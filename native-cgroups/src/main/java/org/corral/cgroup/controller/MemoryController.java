package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.MemoryUsage;

/**
 * The {@code memory} controller of one cgroup: limits of memory and swap, what is used, and how often limits were hit.
 * Swappiness and the kernel's OOM killer are left as they are.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}, but writers of one cgroup must take turns. Every method
 * fails with ENODEV if the cgroup is gone. Kernel: admin-guide/cgroup-v1/memory.rst, admin-guide/cgroup-v2.rst.
 */
public abstract sealed class MemoryController {

    private static final String STAT = "memory.stat";

    final ControlFiles files;
    final ControlReader reader;

    private MemoryController(ControlFiles files) {
        this.files = files;
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static MemoryController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /** {@return the hard limit, empty if this cgroup has no such file, as the root of v2} */
    public abstract Optional<Limit> hardLimit() throws IOException;

    /** Sets where processes are slowed down and reclaimed from: {@code memory.high}; v2. */
    public abstract KnobOutcome setHigh(Limit limit) throws IOException;

    /** Sets what is never reclaimed: {@code memory.min}, 0 for nothing; v2. */
    public abstract KnobOutcome setMin(DataSize size) throws IOException;

    /** Sets whether the OOM killer takes all processes of the cgroup at once: {@code memory.oom.group}; v2, Linux 4.19. */
    public abstract KnobOutcome setOomGroup(boolean group) throws IOException;

    /**
     * Reads what is used, descendants included.
     *
     * @throws ControlFileFormatException if a file is not of its form
     */
    public abstract MemoryUsage usage() throws IOException;

    /**
     * {@return what is used, descendants included, and nothing else} Empty if this kernel does not tell.
     *
     * @throws ControlFileFormatException if the file is not of its form
     */
    public abstract OptionalLong used() throws IOException;

    /**
     * Reads how often limits were hit: v1 {@code memory.failcnt} and {@code memory.oom_control}, v2
     * {@code memory.events}.
     *
     * @throws ControlFileFormatException if a file is not of its form
     */
    public abstract MemoryEvents events() throws IOException;

    /**
     * {@return all of {@code memory.stat} by the kernel's own keys, in the order of the file} Bytes but for the counts
     * that the kernel documents; empty if there is no such file.
     *
     * @throws ControlFileFormatException if the file is not of its form
     */
    public Map<String, Long> stat() throws IOException {
        return reader.flatKeyed(STAT).values();
    }

    OptionalLong limitBytes() throws IOException {
        return hardLimit().map(Limit::value).orElse(OptionalLong.empty());
    }

    private static final class V1 extends MemoryController {

        private static final String LIMIT = "memory.limit_in_bytes";
        private static final String USAGE = "memory.usage_in_bytes";
        private static final String PEAK = "memory.max_usage_in_bytes";
        private static final String FAILCNT = "memory.failcnt";
        private static final String OOM_CONTROL = "memory.oom_control";
        private static final String OOM_KILL = "oom_kill";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public Optional<Limit> hardLimit() throws IOException {
            return reader.limit(LIMIT);
        }

        @Override
        public KnobOutcome setHigh(Limit limit) {
            return onlyOnV2(V2.HIGH, limit.toString());
        }

        @Override
        public KnobOutcome setMin(DataSize size) {
            return onlyOnV2(V2.MIN, Long.toString(size.bytes()));
        }

        @Override
        public KnobOutcome setOomGroup(boolean group) {
            return onlyOnV2(V2.OOM_GROUP, group ? "1" : "0");
        }

        private static KnobOutcome onlyOnV2(String file, String value) {
            return new KnobOutcome.Unsupported(file, value, "the memory controller is on cgroup v1, which has none");
        }

        @Override
        public OptionalLong used() throws IOException {
            return reader.number(USAGE);
        }

        @Override
        public MemoryUsage usage() throws IOException {
            FlatKeyed stat = reader.flatKeyed(STAT);
            return new MemoryUsage(
                    used(),
                    reader.number(PEAK),
                    limitBytes(),
                    stat.get("total_rss"),
                    stat.get("total_cache"),
                    stat.get("total_swap"),
                    reader.flatKeyed(OOM_CONTROL).get(OOM_KILL));
        }

        @Override
        public MemoryEvents events() throws IOException {
            FlatKeyed control = reader.flatKeyed(OOM_CONTROL);
            return new MemoryEvents(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    reader.number(FAILCNT),
                    OptionalLong.empty(),
                    control.get(OOM_KILL),
                    OptionalLong.empty(),
                    control.get("under_oom").stream()
                            .mapToObj(under -> under == 1)
                            .findFirst());
        }
    }

    private static final class V2 extends MemoryController {

        private static final String MAX = "memory.max";
        private static final String HIGH = "memory.high";
        private static final String MIN = "memory.min";
        private static final String OOM_GROUP = "memory.oom.group";
        private static final String CURRENT = "memory.current";
        private static final String PEAK = "memory.peak";
        private static final String SWAP_CURRENT = "memory.swap.current";
        private static final String EVENTS = "memory.events";
        private static final String OOM_KILL = "oom_kill";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public Optional<Limit> hardLimit() throws IOException {
            return reader.limit(MAX);
        }

        @Override
        public KnobOutcome setHigh(Limit limit) throws IOException {
            return Knob.bytes(files, HIGH, limit).apply();
        }

        @Override
        public KnobOutcome setMin(DataSize size) throws IOException {
            return Knob.bytes(files, MIN, Limit.of(size)).apply();
        }

        @Override
        public KnobOutcome setOomGroup(boolean group) throws IOException {
            return Knob.text(files, OOM_GROUP, group ? "1" : "0").apply();
        }

        @Override
        public OptionalLong used() throws IOException {
            return reader.number(CURRENT);
        }

        @Override
        public MemoryUsage usage() throws IOException {
            FlatKeyed stat = reader.flatKeyed(STAT);
            return new MemoryUsage(
                    used(),
                    reader.number(PEAK),
                    limitBytes(),
                    stat.get("anon"),
                    stat.get("file"),
                    reader.number(SWAP_CURRENT),
                    reader.flatKeyed(EVENTS).get(OOM_KILL));
        }

        @Override
        public MemoryEvents events() throws IOException {
            FlatKeyed events = reader.flatKeyed(EVENTS);
            return new MemoryEvents(
                    events.get("low"),
                    events.get("high"),
                    events.get("max"),
                    events.get("oom"),
                    events.get(OOM_KILL),
                    events.get("oom_group_kill"),
                    Optional.empty());
        }
    }
}
