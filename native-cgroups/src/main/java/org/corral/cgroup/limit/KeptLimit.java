package org.corral.cgroup.limit;

import static org.corral.linux.raw.Constants.O_RDWR;

import java.io.IOException;
import java.util.Optional;
import org.corral.cgroup.CgroupDir;
import org.corral.linux.Fd;
import org.corral.linux.Kept;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.raw.BufferCalls;

/**
 * One control file of one cgroup: its descriptor, open as long as the budget allows, and the value that is known to be in it.
 * Confined to one thread at a time; the budget may take the descriptor between two uses.
 */
final class KeptLimit extends Kept {

    /** Of what is in the file, as values are zero or more. */
    private static final long UNKNOWN = -1;

    private static final long ABSENT = -2;
    private static final long IGNORED = -3;

    final LimitFile file;
    private final Linux linux;
    private final Optional<CgroupDir> directory;
    private int descriptor;
    private long held = UNKNOWN;
    private long asked = UNKNOWN;
    private boolean proved;
    private boolean sent;

    KeptLimit(Linux linux, LimitFile file, Optional<CgroupDir> directory) {
        super(linux.descriptors());
        this.linux = linux;
        this.file = file;
        this.directory = directory;
    }

    /** Forgets what is in it. */
    void forget() {
        held = UNKNOWN;
        asked = UNKNOWN;
    }

    /** {@return what is in it; to be asked after {@link #know}} */
    long held() {
        return held;
    }

    /** {@return whether the kernel has it, and makes something of what is written there; to be asked after {@link #know}} */
    boolean isThere() {
        return held >= 0;
    }

    /** {@return whether that value is in it, or what the kernel made of that value} */
    boolean holds(long value) {
        return held == value || asked == value;
    }

    /** {@return whether the last write came to the kernel, whatever was known of it then} */
    boolean isSent() {
        return sent;
    }

    /** {@return why it is not there} */
    String whyNot() {
        if (directory.isEmpty()) {
            return "controller " + file.controller + " is bound to no hierarchy";
        }
        return held == IGNORED ? "this kernel takes any value and keeps none" : "this kernel does not have it";
    }

    /**
     * Reads what is in it, unless that is known.
     *
     * @throws ErrnoException ENOENT or ENODEV if the cgroup is gone; EACCES, EMFILE
     */
    void know(LimitText text) throws IOException {
        if (held == UNKNOWN) {
            held = directory.isEmpty() ? ABSENT : find(text);
        }
    }

    private long find(LimitText text) throws IOException {
        try {
            hold();
        } catch (ErrnoException e) {
            return absentOr(e);
        }
        try {
            return read(text);
        } catch (ErrnoException e) {
            return absentOr(e);
        } finally {
            release();
        }
    }

    private long absentOr(ErrnoException failure) throws ErrnoException {
        if (failure.kind() != FailureKind.UNSUPPORTED && !failure.is(Errno.ENOENT)) {
            throw failure;
        }
        return ABSENT;
    }

    private long read(LimitText text) throws IOException {
        int count = text.read(calls(), descriptor);
        if (count < 0) {
            throw new ErrnoException("pread", new Errno(-count), toString());
        }
        return file.parse(text.text(count));
    }

    /**
     * Writes a value that is not in it, with one pwrite(2). It is read back the first time, as kernels differ, and later where the
     * kernel may make another of it. After a failure nothing is known of it.
     *
     * @throws ErrnoException what the kernel answered; ENODEV if the cgroup is gone
     */
    void write(long value, LimitText text) throws IOException {
        sent = false;
        hold();
        long before = held;
        forget();
        try {
            send(value, text);
            sent = true;
            held = !proved || file.mayBeChanged(value) ? read(text) : value;
            proved = true;
            asked = value;
            if (file.isSoft() && held == before && !file.isRounded(value, held)) {
                held = IGNORED;
            }
        } finally {
            release();
        }
    }

    private void send(long value, LimitText text) throws ErrnoException {
        text.put(file.notation, value);
        int count = text.write(calls(), descriptor);
        while (count == -Errno.EINTR.number()) { // v1 gives up reclaiming where there is a signal
            count = text.write(calls(), descriptor);
        }
        if (count != text.length()) {
            Errno errno = count < 0 ? new Errno(-count) : Errno.EIO;
            throw new ErrnoException("pwrite", errno, this + ", \"" + file.notation.text(value) + "\"");
        }
    }

    private BufferCalls calls() {
        return linux.syscalls().buffers();
    }

    @Override
    protected int open() throws ErrnoException {
        descriptor = directory.orElseThrow().open(file.name, O_RDWR).take();
        return descriptor;
    }

    @Override
    protected void letGo() {
        new Fd(linux.files(), descriptor, toString()).close();
    }

    @Override
    public String toString() {
        return directory.map(above -> above + "/").orElse("") + file.name;
    }
}
