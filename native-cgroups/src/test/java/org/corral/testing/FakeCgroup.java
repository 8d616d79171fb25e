package org.corral.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** One cgroup of a fake hierarchy. Answers as the kernel does, as far as both versions answer alike. */
public abstract class FakeCgroup {

    static final String PROCS = "cgroup.procs";

    private static long inodes = 1000;

    final FakeHierarchy hierarchy;
    final Optional<FakeCgroup> parent;
    final String path;
    final Map<String, FakeCgroup> children = new TreeMap<>();
    final Map<String, byte[]> attributes = new HashMap<>();
    final Map<String, String> owners = new TreeMap<>();
    final long inode = inodes++;
    int mode = 0755;
    private final Map<String, String> files = new TreeMap<>();
    private Optional<String> shownProcs = Optional.empty();
    private boolean removed;

    FakeCgroup(FakeHierarchy hierarchy, Optional<FakeCgroup> parent, String path) {
        this.hierarchy = hierarchy;
        this.parent = parent;
        this.path = path;
    }

    /** {@return its path below the mount point} */
    public String path() {
        return path;
    }

    /** {@return the names of the cgroups below} */
    public List<String> children() {
        return List.copyOf(children.keySet());
    }

    /** {@return the names of its files} */
    public List<String> files() {
        return List.copyOf(files.keySet());
    }

    /** Puts a file there, or other text into it, without newline at its end. */
    public void file(String name, String text) {
        files.put(name, text);
    }

    /** Takes a file away: this kernel does not have it. */
    public void withoutFile(String name) {
        files.remove(name);
    }

    /** {@return the text of a file, as a reader gets it without the newline at its end} */
    public String file(String name) {
        try {
            return read(name);
        } catch (ErrnoException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes {@code cgroup.procs} show other processes than are there: 0 is how one of another pid namespace is seen. */
    public void fakeProcs(String pids) {
        shownProcs = Optional.of(pids);
    }

    /** Takes away what the owner of a directory can: permission bits, and attributes of users. */
    public void withoutMarks() {
        mode = 0700;
        attributes.keySet().removeIf(name -> name.startsWith("user."));
    }

    /** {@return an extended attribute} */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).map(String::new);
    }

    /** {@return what was given to others, {@code .} for the cgroup itself, each with the user and the group} */
    public Map<String, String> owners() {
        return Map.copyOf(owners);
    }

    /** {@return the pids in it, ascending} */
    public List<Integer> pids() {
        return processes().stream().map(FakeProcess::pid).sorted().toList();
    }

    /** {@return whether it has been removed} */
    public boolean isRemoved() {
        return removed;
    }

    boolean has(String file) {
        return files.containsKey(file);
    }

    String read(String file) throws ErrnoException {
        if (file.equals(PROCS) && shownProcs.isPresent()) {
            return shownProcs.get();
        }
        if (file.equals(PROCS)) {
            return pids().stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        return files.get(file);
    }

    void write(String file, String value) throws ErrnoException {
        if (file.equals(PROCS)) {
            attach(value);
        } else if (FakeDeviceLines.areIn(file)) {
            files.put(file, FakeDeviceLines.after(files.get(file), value));
        } else {
            files.put(file, value);
        }
    }

    /** Gives it what the real root does not have. */
    void becomeInner() {}

    /** Refuses a process that the cgroup's state does not allow. */
    abstract void requireAttachable() throws ErrnoException;

    FakeCgroup makeChild(String name) throws ErrnoException {
        require(!removed, "mkdirat", Errno.ENOENT, name);
        require(!children.containsKey(name) && !has(name), "mkdirat", Errno.EEXIST, name);
        FakeCgroup child = hierarchy.newCgroup(this, path.equals("/") ? "/" + name : path + "/" + name);
        children.put(name, child);
        return child;
    }

    void removeChild(String name) throws ErrnoException {
        require(children.containsKey(name), "rmdir", Errno.ENOENT, name);
        FakeCgroup child = children.get(name);
        require(child.children.isEmpty() && child.processes().isEmpty(), "rmdir", Errno.EBUSY, name);
        child.removed = true;
        children.remove(name);
    }

    List<FakeProcess> processes() {
        return hierarchy.kernel().processesIn(this);
    }

    /** {@return the processes in it and below} */
    List<FakeProcess> allProcesses() {
        List<FakeProcess> all = new ArrayList<>(processes());
        children.values().forEach(child -> all.addAll(child.allProcesses()));
        return all;
    }

    static void require(boolean condition, String call, Errno errno, String subject) throws ErrnoException {
        if (!condition) {
            throw new ErrnoException(call, errno, subject);
        }
    }

    private void attach(String pid) throws ErrnoException {
        require(pid.matches("\\d+"), "write", Errno.EINVAL, pid);
        int number = Integer.parseInt(pid);
        Optional<FakeProcess> process = hierarchy.kernel().process(number == 0 ? FakeLinux.OWN_PID : number);
        require(process.isPresent(), "write", Errno.ESRCH, pid);
        requireAttachable();
        if (process.get().isRunning()) {
            process.get().moveTo(this);
        }
    }
}
