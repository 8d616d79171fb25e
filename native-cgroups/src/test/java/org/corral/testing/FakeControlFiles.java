package org.corral.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * Control files in memory, which answer as the kernel does: ENOENT for a file that is not there, an errno where one was
 * arranged, and ENODEV for everything once the cgroup is gone. A write that is taken replaces the text.
 */
public final class FakeControlFiles implements ControlFiles {

    /** What the kernel makes of a written value: the text the file then holds, or a refusal. */
    @FunctionalInterface
    public interface Rule {
        /** {@return the text that the file holds from now on} */
        String take(String value) throws ErrnoException;
    }

    private final CgroupVersion version;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Errno> unreadable = new HashMap<>();
    private final Map<String, Rule> rules = new HashMap<>();
    private final List<String> writes = new ArrayList<>();
    private boolean gone;

    private FakeControlFiles(CgroupVersion version) {
        this.version = version;
    }

    /** {@return a cgroup without any files} */
    public static FakeControlFiles of(CgroupVersion version) {
        return new FakeControlFiles(version);
    }

    /** Adds a file, or changes its text behind the writer's back. */
    public FakeControlFiles with(String file, String text) {
        texts.put(file, text);
        return this;
    }

    /** Makes every read of a file fail. */
    public FakeControlFiles refuseRead(String file, Errno errno) {
        unreadable.put(file, errno);
        return this;
    }

    /** Makes every write of a file fail. */
    public FakeControlFiles refuseWrite(String file, Errno errno) {
        return onWrite(file, value -> {
            throw failure("write", file, value, errno);
        });
    }

    /** Makes the kernel do something of its own with what is written to a file. */
    public FakeControlFiles onWrite(String file, Rule rule) {
        rules.put(file, rule);
        return this;
    }

    /** Removes the cgroup. */
    public FakeControlFiles goAway() {
        gone = true;
        return this;
    }

    /** {@return a file's text now} */
    public String text(String file) {
        return Objects.requireNonNull(texts.get(file), file);
    }

    /** {@return a file's number now} */
    public long number(String file) {
        return Long.parseLong(text(file));
    }

    /** {@return the writes that were taken, in order, as {@code file=value}} */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** {@return the failure of a write, for rules} */
    public static ErrnoException refusal(String file, String value, Errno errno) {
        return failure("write", file, value, errno);
    }

    private static ErrnoException failure(String syscall, String file, String value, Errno errno) {
        return new ErrnoException(syscall, errno, "/sys/fs/cgroup/fake/" + file + ", \"" + value + "\"");
    }

    @Override
    public CgroupVersion version() {
        return version;
    }

    @Override
    public String read(String file) throws ErrnoException {
        check("read", file);
        if (unreadable.containsKey(file)) {
            throw new ErrnoException("read", unreadable.get(file), "/sys/fs/cgroup/fake/" + file);
        }
        return text(file);
    }

    @Override
    public void write(String file, String value) throws ErrnoException {
        check("write", file);
        Rule usual = FakeDeviceLines.areIn(file) ? v -> FakeDeviceLines.after(text(file), v) : v -> v;
        String taken = rules.getOrDefault(file, usual).take(value);
        writes.add(file + "=" + value);
        texts.put(file, taken);
    }

    @Override
    public List<String> names() throws ErrnoException {
        if (gone) {
            throw new ErrnoException("getdents64", Errno.ENODEV, "/sys/fs/cgroup/fake");
        }
        return texts.keySet().stream().sorted().toList();
    }

    private void check(String syscall, String file) throws ErrnoException {
        if (gone) {
            throw new ErrnoException(syscall, Errno.ENODEV, "/sys/fs/cgroup/fake/" + file);
        }
        if (!texts.containsKey(file)) {
            throw new ErrnoException("openat", Errno.ENOENT, "/sys/fs/cgroup/fake/" + file);
        }
    }
}
