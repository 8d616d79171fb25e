package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.HugetlbUsage;

/**
 * The {@code hugetlb} controller of one cgroup: how many huge pages of each size it has and may have. The sizes are those
 * that its control files are named after.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}. Every method fails with ENODEV or ENOENT if the cgroup is
 * gone. Kernel: admin-guide/cgroup-v1/hugetlb.rst, admin-guide/cgroup-v2.rst.
 */
public abstract sealed class HugetlbController {

    final ControlFiles files;
    final ControlReader reader;
    private final Pattern limitFile;

    private HugetlbController(ControlFiles files, Pattern limitFile) {
        this.files = files;
        this.reader = new ControlReader(files);
        this.limitFile = limitFile;
    }

    /** {@return the controller whose files these are} */
    public static HugetlbController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /** {@return the sizes of huge pages that this kernel has, ascending} */
    public SortedSet<DataSize> pageSizes() throws IOException {
        return new TreeSet<>(names().keySet());
    }

    /** {@return the names of the page sizes in file names, as {@code 2MB}} */
    private SortedMap<DataSize, String> names() throws IOException {
        SortedMap<DataSize, String> names = new TreeMap<>();
        for (String file : files.names()) {
            Matcher parts = limitFile.matcher(file);
            if (parts.matches()) {
                names.put(DataSize.parse(parts.group(1)), parts.group(1));
            }
        }
        return names;
    }

    /**
     * Sets the most huge pages of a size that may be reserved and used: v1 {@code hugetlb.<size>.limit_in_bytes} and
     * {@code hugetlb.<size>.rsvd.limit_in_bytes}, v2 {@code hugetlb.<size>.max} and {@code hugetlb.<size>.rsvd.max}.
     *
     * <p>What is reserved is limited too where the kernel can (Linux 5.7): then mmap(2) fails with ENOMEM, where otherwise
     * the use of the page ends the process with SIGBUS.
     *
     * @param page one of the {@linkplain #pageSizes sizes}
     * @param limit in bytes; the kernel rounds it down to whole pages. One below what is used is taken
     * @return the outcomes in the order of the writes, up to the first that was refused; a single unsupported one where
     *     there are no such pages
     */
    public List<KnobOutcome> setLimit(DataSize page, Limit limit) throws IOException {
        Map<DataSize, String> names = names();
        String name = names.get(page);
        if (name == null) {
            return List.of(new KnobOutcome.Unsupported(
                    "hugetlb." + page,
                    limit.toString(),
                    "this host has no huge pages of " + page + ", but of " + shown(names)));
        }
        List<Knob> knobs = new ArrayList<>();
        for (String file : limitFiles(name)) {
            if (files.find(file).isPresent()) {
                knobs.add(knob(file, page, limit));
            }
        }
        return Knob.applyInOrder(knobs.toArray(Knob[]::new));
    }

    private static String shown(Map<DataSize, String> names) {
        return names.isEmpty()
                ? "no other size"
                : names.keySet().stream().map(DataSize::toString).collect(Collectors.joining(", "));
    }

    private Knob knob(String file, DataSize page, Limit limit) {
        return Knob.matching(files, file, limit.text(files.version()), actual -> limitIn(file, page, actual)
                .equals(limit));
    }

    /** No limit is printed on v1 as the largest whole number of huge pages. */
    private static Limit limitIn(String file, DataSize page, String text) throws ControlFileFormatException {
        Limit limit = Limit.parse(file, text);
        long unlimited = Long.MAX_VALUE & -page.bytes();
        return limit.value().orElse(0) >= unlimited ? Limit.NONE : limit;
    }

    /** {@return the files of the limit of what is reserved and what is used} */
    abstract List<String> limitFiles(String page);

    /**
     * Reads what is used of each size.
     *
     * @throws ControlFileFormatException if a file is not of its form
     */
    public HugetlbUsage usage() throws IOException {
        Map<DataSize, HugetlbUsage.Pages> pages = new TreeMap<>();
        for (Map.Entry<DataSize, String> size : names().entrySet()) {
            pages.put(size.getKey(), usage(size.getKey(), "hugetlb." + size.getValue()));
        }
        return new HugetlbUsage(pages);
    }

    abstract HugetlbUsage.Pages usage(DataSize page, String prefix) throws IOException;

    OptionalLong limit(String file, DataSize page) throws IOException {
        String text = files.find(file).orElse("max");
        return limitIn(file, page, text).value();
    }

    private static final class V1 extends HugetlbController {

        private static final Pattern LIMIT = Pattern.compile("hugetlb\\.(\\d+[KMG]B)\\.limit_in_bytes");

        V1(ControlFiles files) {
            super(files, LIMIT);
        }

        @Override
        List<String> limitFiles(String page) {
            return List.of("hugetlb." + page + ".rsvd.limit_in_bytes", "hugetlb." + page + ".limit_in_bytes");
        }

        @Override
        HugetlbUsage.Pages usage(DataSize page, String prefix) throws IOException {
            return new HugetlbUsage.Pages(
                    reader.number(prefix + ".usage_in_bytes"),
                    reader.number(prefix + ".max_usage_in_bytes"),
                    limit(prefix + ".limit_in_bytes", page),
                    reader.number(prefix + ".failcnt"));
        }
    }

    private static final class V2 extends HugetlbController {

        private static final Pattern LIMIT = Pattern.compile("hugetlb\\.(\\d+[KMG]B)\\.max");

        V2(ControlFiles files) {
            super(files, LIMIT);
        }

        @Override
        List<String> limitFiles(String page) {
            return List.of("hugetlb." + page + ".rsvd.max", "hugetlb." + page + ".max");
        }

        @Override
        HugetlbUsage.Pages usage(DataSize page, String prefix) throws IOException {
            return new HugetlbUsage.Pages(
                    reader.number(prefix + ".current"),
                    OptionalLong.empty(),
                    limit(prefix + ".max", page),
                    reader.flatKeyed(prefix + ".events").get("max"));
        }
    }
}
