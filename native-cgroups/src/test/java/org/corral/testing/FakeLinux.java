package org.corral.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;

/**
 * A kernel in memory, with cgroups and processes that answer as the real ones do. Only {@code /proc/<pid>/cgroup} is
 * written to a folder. Calls through {@link #linux()} are safe from many threads; the rest is for the test's own thread.
 */
public final class FakeLinux {

    /** The pid of "this process". */
    public static final int OWN_PID = 4242;

    private static final int FIRST_PID = 100;

    private final Path root;
    private final FakeCalls calls = new FakeCalls();
    private final FakeDescriptors descriptors = new FakeDescriptors();
    private final FakeCgroupFs files = new FakeCgroupFs(this);
    private final FakeEvents events = new FakeEvents(this);
    private final List<FakeHierarchy> hierarchies = new ArrayList<>();
    private final Map<Integer, FakeProcess> processes = new TreeMap<>();
    private String procPrefix = "";
    private int nextPid = FIRST_PID;

    /**
     * Makes a kernel without hierarchies.
     *
     * @param root an empty folder, which becomes {@link Linux#root()}
     */
    public FakeLinux(Path root) {
        this.root = root;
    }

    /** Mounts a v1 hierarchy at {@code /sys/fs/cgroup/<name>}. Mount before any process starts. */
    public FakeHierarchy mountV1(String name, Controller... controllers) {
        return mount(CgroupVersion.V1, "/sys/fs/cgroup/" + name, Set.of(controllers));
    }

    /** Mounts the v2 hierarchy at {@code /sys/fs/cgroup}. */
    public FakeHierarchy mountV2(Controller... controllers) {
        return mount(CgroupVersion.V2, "/sys/fs/cgroup", Set.of(controllers));
    }

    /** Mounts the v2 hierarchy at {@code /sys/fs/cgroup/unified}, as beside v1 ones. */
    public FakeHierarchy mountV2BesideV1(Controller... controllers) {
        return mount(CgroupVersion.V2, "/sys/fs/cgroup/unified", Set.of(controllers));
    }

    /** {@return the layout, each controller bound to the hierarchy that has it} */
    public CgroupLayout layout() {
        Map<Controller, Hierarchy> bindings = new EnumMap<>(Controller.class);
        for (FakeHierarchy hierarchy : hierarchies) {
            hierarchy.controllers().forEach(controller -> bindings.put(controller, hierarchy.described()));
        }
        return new CgroupLayout(
                hierarchies.stream().map(FakeHierarchy::described).toList(), bindings, Map.of());
    }

    /** {@return the way to this kernel} */
    public Linux linux() {
        return linux(FdBudget.unlimited());
    }

    /** {@return the way to this kernel, with as many descriptors as that; their numbers are above any that is real} */
    public Linux linux(FdBudget budget) {
        return new Linux(
                new Syscalls(
                        locked(FileCalls.class, files),
                        locked(EventCalls.class, events),
                        locked(ProcessCalls.class, new FakeProcesses(this)),
                        new NoAccounts(),
                        UnexpectedCalls.of(NamespaceCalls.class),
                        locked(BufferCalls.class, new FakeBuffers(files))),
                root,
                budget);
    }

    /** Starts a process of another parent, in the top of each hierarchy. */
    public FakeProcess start() {
        return start(nextPid++, false);
    }

    /** Starts a child of this process: once it has ended it is a zombie until it is reaped. */
    public FakeProcess startChild() {
        return start(nextPid++, true);
    }

    /** {@return this process, which was not in any cgroup before} */
    public FakeProcess startSelf() {
        return start(OWN_PID, false);
    }

    /** Makes {@code /proc} show longer paths than the mounts have, as where a part of a hierarchy is mounted. */
    public void prefixInProc(String prefix) {
        procPrefix = prefix;
    }

    /** {@return the file calls, to arrange them} */
    public FakeCgroupFs files() {
        return files;
    }

    /** {@return the event calls, to arrange them} */
    public FakeEvents events() {
        return events;
    }

    /** {@return the record of all calls, and where they can be made to fail} */
    public FakeCalls calls() {
        return calls;
    }

    /** {@return what the descriptors are that are open, for an assertion that none is; safe from any thread} */
    public synchronized Collection<String> openDescriptors() {
        return descriptors.open().values().stream()
                .map(what -> what instanceof FakeOpenFile file ? file.path() : what.toString())
                .collect(Collectors.toList());
    }

    FakeDescriptors descriptors() {
        return descriptors;
    }

    Optional<FakeHierarchy> mountedOver(String path) {
        return hierarchies.stream()
                .filter(h -> Path.of(path).startsWith(h.described().mountPoint()))
                .findFirst();
    }

    /** {@return the process of that pid, running or a zombie} */
    Optional<FakeProcess> process(int pid) {
        return Optional.ofNullable(processes.get(pid)).filter(process -> !process.isReaped());
    }

    List<FakeProcess> processesIn(FakeCgroup cgroup) {
        return processes.values().stream()
                .filter(p -> p.in(cgroup.hierarchy).equals(Optional.of(cgroup)))
                .toList();
    }

    /** Keeps {@code /proc/<pid>/cgroup}: a zombie shows the top. */
    void writeProcFile(FakeProcess process) {
        Path file = root.resolve("proc/" + process.pid() + "/cgroup");
        try {
            Files.createDirectories(file.getParent());
            if (process.isReaped()) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            } else {
                Files.write(file, lines(process));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(FakeProcess process) {
        List<String> lines = new ArrayList<>();
        for (FakeHierarchy hierarchy : hierarchies) {
            boolean v2 = hierarchy.described().version() == CgroupVersion.V2;
            String names =
                    hierarchy.controllers().stream().map(Controller::v1Name).collect(Collectors.joining(","));
            String path =
                    procPrefix + process.in(hierarchy).map(FakeCgroup::path).orElse("/");
            lines.add(v2 ? "0::" + path : lines.size() + 1 + ":" + names + ":" + path);
        }
        return lines;
    }

    private FakeProcess start(int pid, boolean child) {
        FakeProcess process = new FakeProcess(this, pid, child);
        processes.put(pid, process);
        process.startIn(hierarchies);
        return process;
    }

    private FakeHierarchy mount(CgroupVersion version, String mountPoint, Set<Controller> controllers) {
        Hierarchy described = new Hierarchy(version, Path.of(mountPoint), "/", controllers, true, "");
        FakeHierarchy hierarchy = new FakeHierarchy(this, described, 100L * (hierarchies.size() + 1));
        hierarchies.add(hierarchy);
        return hierarchy;
    }

    /** Lets one thread at a time into the calls. */
    private <T> T locked(Class<T> type, T calls) {
        return Interception.of(type, calls, call -> {
            synchronized (this) {
                return call.proceed();
            }
        });
    }

    private static final class NoAccounts implements AccountCalls {
        @Override
        public Optional<Account> byName(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Account> byId(int uid) {
            return Optional.empty();
        }

        @Override
        public OptionalInt groupByName(String name) {
            return OptionalInt.empty();
        }
    }
}
