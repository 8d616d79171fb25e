package org.corral.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** A cgroup of the v2 hierarchy. */
final class FakeCgroupV2 extends FakeCgroup {

    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";
    private static final String EVENTS = "cgroup.events";
    private static final String FREEZE = "cgroup.freeze";
    private static final String KILL = "cgroup.kill";
    private static final String TYPE = "cgroup.type";
    private static final List<String> PRESSURE = List.of("cpu.pressure", "memory.pressure", "io.pressure");
    private static final String WAITED_NEVER =
            "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n" + "full avg10=0.00 avg60=0.00 avg300=0.00 total=0";
    private static final Map<String, Map<String, String>> FILES = Map.of(
            "cpu", Map.of("cpu.max", "max 100000", "cpu.weight", "100"),
            "cpuset",
                    Map.of(
                            "cpuset.cpus", "",
                            "cpuset.mems", "",
                            "cpuset.cpus.effective", "0-1",
                            "cpuset.mems.effective", "0"),
            "memory",
                    Map.of(
                            "memory.max", "max",
                            "memory.high", "max",
                            "memory.low", "0",
                            "memory.min", "0",
                            "memory.swap.max", "max",
                            "memory.oom.group", "0",
                            "memory.current", "0",
                            "memory.peak", "0",
                            "memory.events", "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0",
                            "memory.stat", "anon 0\nfile 0"),
            "pids", Map.of("pids.max", "max", "pids.current", "0"),
            "io", Map.of("io.max", "", "io.weight", "100", "io.stat", ""),
            "hugetlb",
                    Map.of(
                            "hugetlb.2MB.max", "max",
                            "hugetlb.2MB.current", "0",
                            "hugetlb.2MB.events", "max 0",
                            "hugetlb.2MB.rsvd.max", "max"));

    private final Set<String> enabled = new TreeSet<>();
    private boolean frozen;

    FakeCgroupV2(FakeHierarchy hierarchy, Optional<FakeCgroup> parent, String path) {
        super(hierarchy, parent, path);
        for (String file : List.of(PROCS, "cgroup.threads", CONTROLLERS, SUBTREE_CONTROL)) {
            file(file, "");
        }
        file("cgroup.max.depth", "max");
        file("cgroup.max.descendants", "max");
        file("cpu.stat", "usage_usec 0\nuser_usec 0\nsystem_usec 0");
        file("cgroup.stat", "nr_descendants 0\nnr_dying_descendants 0");
        if (parent.isPresent()) {
            becomeInner();
        }
    }

    @Override
    void becomeInner() {
        file(TYPE, "domain");
        file(FREEZE, "0");
        file(KILL, "");
        file(EVENTS, "");
        PRESSURE.forEach(file -> file(file, WAITED_NEVER));
        available().forEach(this::addFiles);
    }

    private boolean isRealRoot() {
        return parent.isEmpty() && !hierarchy.isNamespaced();
    }

    @Override
    String read(String file) throws ErrnoException {
        return switch (file) {
            case CONTROLLERS -> String.join(" ", available());
            case SUBTREE_CONTROL -> String.join(" ", enabled);
            case EVENTS -> "populated " + (allProcesses().isEmpty() ? 0 : 1) + "\nfrozen " + (isFrozen() ? 1 : 0);
            case FREEZE -> frozen ? "1" : "0";
            case PROCS -> {
                require(!has(TYPE) || !super.read(TYPE).equals("threaded"), "read", Errno.EOPNOTSUPP, path);
                yield super.read(file);
            }
            default -> super.read(file);
        };
    }

    @Override
    void write(String file, String value) throws ErrnoException {
        switch (file) {
            case SUBTREE_CONTROL -> change(value);
            case FREEZE -> frozen = value.equals("1");
            case KILL -> {
                require(value.equals("1"), "write", Errno.ERANGE, value);
                allProcesses().forEach(process -> process.signal(FakeProcess.SIGKILL));
            }
            case "cpu.pressure", "memory.pressure", "io.pressure" ->
                require(value.matches("(some|full) \\d+ \\d+\0"), "write", Errno.EINVAL, value);
            case CONTROLLERS, EVENTS -> throw new ErrnoException("write", Errno.EINVAL, value);
            default -> super.write(file, value);
        }
    }

    @Override
    void requireAttachable() throws ErrnoException {
        require(!has(TYPE) || !read(TYPE).equals("domain invalid"), "write", Errno.EOPNOTSUPP, path);
        require(isRealRoot() || enabled.isEmpty(), "write", Errno.EBUSY, path);
    }

    private Set<String> available() {
        return parent.map(p -> ((FakeCgroupV2) p).enabled).orElseGet(() -> hierarchy.controllers().stream()
                .flatMap(controller -> controller.v2Name().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private boolean isFrozen() {
        return isToldToFreeze() && allProcesses().stream().allMatch(FakeProcess::canFreeze);
    }

    private boolean isToldToFreeze() {
        return frozen || parent.map(p -> ((FakeCgroupV2) p).isToldToFreeze()).orElse(false);
    }

    /** All words are looked at before any takes effect. */
    private void change(String words) throws ErrnoException {
        for (String word : words.split(" ", -1)) {
            requireChangeable(word.charAt(0), word.substring(1));
        }
        for (String word : words.split(" ", -1)) {
            change(word.charAt(0) == '+', word.substring(1));
        }
    }

    private void requireChangeable(char sign, String controller) throws ErrnoException {
        boolean known =
                Arrays.stream(Controller.values()).anyMatch(c -> c.v2Name().equals(Optional.of(controller)));
        require(known && "+-".indexOf(sign) >= 0, "write", Errno.EINVAL, controller);
        if (sign == '+') {
            require(available().contains(controller), "write", Errno.ENOENT, controller);
            require(isRealRoot() || pids().isEmpty(), "write", Errno.EBUSY, controller);
        } else {
            boolean used = children.values().stream().anyMatch(c -> ((FakeCgroupV2) c).enabled.contains(controller));
            require(!used, "write", Errno.EBUSY, controller);
        }
    }

    private void change(boolean on, String controller) {
        if (on && enabled.add(controller)) {
            children.values().forEach(child -> ((FakeCgroupV2) child).addFiles(controller));
        } else if (!on && enabled.remove(controller)) {
            children.values()
                    .forEach(child ->
                            FILES.getOrDefault(controller, Map.of()).keySet().forEach(child::withoutFile));
        }
    }

    private void addFiles(String controller) {
        FILES.getOrDefault(controller, Map.of()).forEach(this::file);
    }
}
