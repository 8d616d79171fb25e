package org.corral.cgroup.sample;

import java.util.Map;
import org.corral.linux.errno.Errno;

/**
 * What sampling has cost and what went wrong with it. Immutable.
 *
 * @param samples how often a cgroup was sampled
 * @param gone how many cgroups were found removed
 * @param nanos the time spent on each class of files, estimated from every sixteenth sample
 * @param failures how often a file could not be opened or read, by the error
 */
public record SamplerLoad(long samples, long gone, Map<FileClass, Long> nanos, Map<Errno, Long> failures) {

    /** Copies the maps. */
    public SamplerLoad {
        nanos = Map.copyOf(nanos);
        failures = Map.copyOf(failures);
    }
}
