package org.corral.cgroup.sample;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.corral.linux.errno.Errno;

/** Counts what {@link SamplerLoad} tells. Confined to the sampler's lock. */
final class SamplerTally {

    /** A look at the clock costs a twentieth of reading a small file. */
    private static final int TIMED_EVERY = 16;

    private static final FileClass[] CLASSES = FileClass.values();

    private final long[] nanos = new long[CLASSES.length];
    private final Map<Errno, Long> failures = new HashMap<>();
    private long samples;
    private long gone;

    /** {@return whether to take the time of the sample that begins} */
    boolean begin() {
        return samples++ % TIMED_EVERY == 0;
    }

    /** A class of files took that long. */
    void took(FileClass fileClass, long time) {
        nanos[fileClass.index()] += TIMED_EVERY * time;
    }

    void failed(Errno errno) {
        failures.merge(errno, 1L, Long::sum);
    }

    void gone() {
        gone++;
    }

    SamplerLoad load() {
        Map<FileClass, Long> byClass = new EnumMap<>(FileClass.class);
        for (FileClass fileClass : CLASSES) {
            byClass.put(fileClass, nanos[fileClass.index()]);
        }
        return new SamplerLoad(samples, gone, byClass, failures);
    }
}
