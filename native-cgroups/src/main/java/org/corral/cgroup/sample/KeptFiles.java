package org.corral.cgroup.sample;

import static org.corral.linux.raw.Constants.O_RDONLY;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.linux.Fd;
import org.corral.linux.Kept;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.raw.BufferCalls;

/** The files of one class in one cgroup: open as long as the budget of descriptors allows. Confined to the sampler's lock. */
final class KeptFiles extends Kept {

    /** There is no such file, as this kernel or this cgroup has none. */
    private static final int ABSENT = -1;

    final FileGroup group;
    private final Cgroup cgroup;
    private final int[] descriptors;

    KeptFiles(FileGroup group, Cgroup cgroup) {
        super(group.linux.descriptors());
        this.group = group;
        this.cgroup = cgroup;
        this.descriptors = new int[group.files.size()];
    }

    /**
     * Reads them all.
     *
     * @param values gets what is found
     * @return the columns that were found, as bits
     * @throws ErrnoException ENOENT or ENODEV if the cgroup is gone; EMFILE and the like if they cannot be opened
     */
    long sample(KernelText text, long[] values, SamplerTally tally) throws ErrnoException {
        hold();
        try {
            return read(text, values, tally);
        } finally {
            release();
        }
    }

    private long read(KernelText text, long[] values, SamplerTally tally) throws ErrnoException {
        BufferCalls calls = group.linux.syscalls().buffers();
        long found = 0;
        for (int file = 0; file < descriptors.length; file++) {
            if (descriptors[file] != ABSENT) {
                int errno = text.read(calls, descriptors[file]);
                if (errno == 0) {
                    found |= group.formats[file].parse(text, values);
                } else {
                    failed(file, new Errno(errno), tally);
                }
            }
        }
        return found;
    }

    /** A file that cannot be read leaves its columns absent. That of a cgroup without pressure information is not asked again. */
    private void failed(int file, Errno errno, SamplerTally tally) throws ErrnoException {
        if (errno.kind() == FailureKind.GONE) {
            throw new ErrnoException(
                    "pread",
                    errno,
                    cgroup.path() + ", " + group.files.get(file).names().get(0));
        }
        tally.failed(errno);
        if (errno.kind() == FailureKind.UNSUPPORTED) {
            close(file);
        }
    }

    @Override
    protected int open() throws ErrnoException {
        Arrays.fill(descriptors, ABSENT);
        try {
            for (int file = 0; file < descriptors.length; file++) {
                descriptors[file] = open(group.files.get(file));
            }
            return Arrays.stream(descriptors).max().orElse(ABSENT);
        } catch (ErrnoException e) {
            letGo();
            throw e;
        }
    }

    private int open(SampledFile file) throws ErrnoException {
        Optional<CgroupDir> directory = file.directory(cgroup);
        return directory.isEmpty() ? ABSENT : openFirst(directory.get(), file.names());
    }

    private static int openFirst(CgroupDir directory, List<String> names) throws ErrnoException {
        for (String name : names) {
            try {
                return directory.open(name, O_RDONLY).take();
            } catch (ErrnoException e) {
                if (!e.is(Errno.ENOENT) && e.kind() != FailureKind.UNSUPPORTED) {
                    throw e;
                }
            }
        }
        return ABSENT;
    }

    @Override
    protected void letGo() {
        for (int file = 0; file < descriptors.length; file++) {
            close(file);
        }
    }

    private void close(int file) {
        if (descriptors[file] != ABSENT) {
            new Fd(
                            group.linux.files(),
                            descriptors[file],
                            group.files.get(file).names().get(0))
                    .close();
            descriptors[file] = ABSENT;
        }
    }

    @Override
    public String toString() {
        return group.fileClass + " of " + cgroup;
    }
}
