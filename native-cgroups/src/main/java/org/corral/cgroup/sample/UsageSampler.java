package org.corral.cgroup.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * Samples what cgroups use: one system call for each file whose descriptor is kept, nothing allocated, the numbers in primitive
 * columns. Thread-safe: samples are taken one at a time, and whoever reads them never waits.
 *
 * <p>This is a hot path. A sample goes through the files of one cgroup, class by class; each is read into one native buffer and parsed
 * there ({@link KernelText}), its numbers gathered in one array, and the row written at the end ({@link UsageTable}). What can be
 * open is limited, so descriptors come from the budget of the process ({@link KeptFiles}).
 */
public final class UsageSampler implements AutoCloseable {

    private static final int FIRST_ROWS = 64;
    private static final int ALL_CLASSES = -1;
    private static final long ABSENT = -1;

    private final List<FileGroup> groups;
    private final CgroupLayout layout;
    private final KernelText text = new KernelText();
    private final long[] values = new long[UsageColumn.COUNT];
    private final SamplerTally tally = new SamplerTally();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int end;
    private volatile AtomicReferenceArray<SampledCgroup> rows = new AtomicReferenceArray<>(FIRST_ROWS);
    private volatile UsageTable table;

    /**
     * Samples nothing yet.
     *
     * @param columns what is wanted: files that have none of these are not read
     */
    public UsageSampler(Linux linux, CgroupLayout layout, Set<UsageColumn> columns) {
        Set<UsageColumn> needed = withSources(columns);
        List<SampledFile> files = SampledFiles.of(layout, needed);
        this.groups = groups(linux, files);
        this.layout = part(layout, files);
        this.table = new UsageTable(needed.stream().mapToLong(UsageColumn::bit).reduce(0, (a, b) -> a | b), FIRST_ROWS);
    }

    /** {@return the columns with those that they follow from} */
    private static Set<UsageColumn> withSources(Set<UsageColumn> columns) {
        Set<UsageColumn> all = EnumSet.noneOf(UsageColumn.class);
        all.addAll(columns);
        if (columns.contains(UsageColumn.CPU_NANOS_PER_SECOND)) {
            all.add(UsageColumn.CPU_NANOS);
        }
        return all;
    }

    /** {@return the controllers in whose hierarchies there is something to read} */
    private static CgroupLayout part(CgroupLayout layout, List<SampledFile> files) {
        return layout.only(layout.bindings().entrySet().stream()
                .filter(binding -> files.stream().anyMatch(file -> file.isIn(binding.getValue(), layout)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    private static List<FileGroup> groups(Linux linux, List<SampledFile> files) {
        Map<FileClass, List<SampledFile>> byClass = new EnumMap<>(FileClass.class);
        files.forEach(file -> byClass.computeIfAbsent(file.fileClass(), any -> new ArrayList<>())
                .add(file));
        return byClass.entrySet().stream()
                .map(group -> new FileGroup(linux, group.getKey(), group.getValue()))
                .toList();
    }

    /** {@return the part of the layout that is read} To open a cgroup in more hierarchies takes descriptors and memory for nothing. */
    public CgroupLayout layout() {
        return layout;
    }

    /**
     * {@return a cgroup that is sampled from now on}
     *
     * @param cgroup stays the caller's, who closes it after {@link #remove} or {@link #close}
     */
    public synchronized SampledCgroup add(Cgroup cgroup) {
        int row = free.isEmpty() ? end++ : free.pop();
        if (row == rows.length()) {
            table = table.grown();
            rows = grown(rows);
        }
        KeptFiles[] files =
                groups.stream().map(group -> new KeptFiles(group, cgroup)).toArray(KeptFiles[]::new);
        SampledCgroup added = new SampledCgroup(this, cgroup, row, files);
        rows.set(row, added);
        return added;
    }

    private static AtomicReferenceArray<SampledCgroup> grown(AtomicReferenceArray<SampledCgroup> rows) {
        AtomicReferenceArray<SampledCgroup> grown = new AtomicReferenceArray<>(2 * rows.length());
        for (int row = 0; row < rows.length(); row++) {
            grown.set(row, rows.get(row));
        }
        return grown;
    }

    /** Samples it no more; a second call does nothing. Its numbers are absent from now on: its row is another's soon. */
    public synchronized void remove(SampledCgroup cgroup) {
        if (rows.get(cgroup.row) == cgroup) {
            cgroup.removedNow();
            rows.set(cgroup.row, null);
            table.clear(cgroup.row);
            free.push(cgroup.row);
            close(cgroup);
        }
    }

    private static void close(SampledCgroup cgroup) {
        for (KeptFiles files : cgroup.files) {
            files.close();
        }
    }

    /** Samples all that is wanted of one cgroup. */
    public synchronized void sample(SampledCgroup cgroup) {
        sample(cgroup, ALL_CLASSES);
    }

    /** Samples all that is wanted of all cgroups, one after the other. */
    public void sampleAll() {
        for (int row = 0; row < end(); row++) {
            sample(row, ALL_CLASSES);
        }
    }

    /** {@return a number above all rows} */
    synchronized int end() {
        return end;
    }

    /** Samples the files of some classes, as bits, in a row, if there is a cgroup in it. */
    synchronized void sample(int row, int classes) {
        SampledCgroup cgroup = rows.get(row);
        if (cgroup != null) {
            sample(cgroup, classes);
        }
    }

    private void sample(SampledCgroup cgroup, int classes) {
        if (cgroup.isGone() || cgroup.isRemoved()) {
            return;
        }
        int due = cgroup.isNew() ? ALL_CLASSES : classes;
        boolean timed = tally.begin();
        long now = System.nanoTime();
        long began = now;
        long asked = 0;
        long found = 0;
        int read = 0;
        for (KeptFiles files : cgroup.files) {
            int bit = files.group.fileClass.bit();
            if ((due & bit) != 0) {
                asked |= files.group.columns;
                found |= sample(cgroup, files);
                read |= bit;
                if (timed) {
                    began = tookSince(began, files.group.fileClass);
                }
            }
        }
        if (!cgroup.isGone()) { // else what it used last stays
            cgroup.sampled();
            table.put(cgroup.row, now, read, asked, found | rate(cgroup.row, now, found), values);
        }
    }

    /** {@return the column of the rate, as a bit, if this sample and the one before have what it takes} */
    private long rate(int row, long now, long found) {
        long before = table.read(row, UsageColumn.CPU_NANOS, ABSENT);
        if (before == ABSENT || (found & UsageColumn.CPU_NANOS.bit()) == 0) {
            return 0;
        }
        double seconds = (now - table.time(row, FileClass.CPU)) / (double) UsageColumn.NANOS_PER_SECOND;
        long used = Math.max(0, values[UsageColumn.CPU_NANOS.index()] - before);
        values[UsageColumn.CPU_NANOS_PER_SECOND.index()] = (long) (used / seconds);
        return UsageColumn.CPU_NANOS_PER_SECOND.bit();
    }

    private long tookSince(long began, FileClass fileClass) {
        long now = System.nanoTime();
        tally.took(fileClass, now - began);
        return now;
    }

    private long sample(SampledCgroup cgroup, KeptFiles files) {
        try {
            return cgroup.isGone() ? 0 : files.sample(text, values, tally);
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                cgroup.goneNow();
                tally.gone();
                close(cgroup);
            } else {
                tally.failed(e.errno());
            }
            return 0;
        }
    }

    /** {@return how many cgroups are sampled} */
    public synchronized int count() {
        return end - free.size();
    }

    /** {@return the cgroups that are sampled} */
    public List<SampledCgroup> cgroups() {
        List<SampledCgroup> all = new ArrayList<>();
        eachRow().forEach(all::add);
        return all;
    }

    /** {@return the cgroups as they are come to, row by row, without a copy and without the lock} */
    private Iterable<SampledCgroup> eachRow() {
        AtomicReferenceArray<SampledCgroup> now = rows;
        return () -> IntStream.range(0, now.length())
                .mapToObj(now::get)
                .filter(Objects::nonNull)
                .iterator();
    }

    /**
     * {@return the first cgroups of a ranking}
     *
     * @param count of them at most, 1 or more
     */
    public List<Ranked> top(Ranking ranking, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a top of " + count + " is none: give 1 or more");
        }
        return ranking.first(eachRow(), count);
    }

    /** {@return what sampling has cost} */
    public synchronized SamplerLoad load() {
        return tally.load();
    }

    UsageTable table() {
        return table;
    }

    /** Closes all descriptors. */
    @Override
    public synchronized void close() {
        cgroups().forEach(this::remove);
    }
}
