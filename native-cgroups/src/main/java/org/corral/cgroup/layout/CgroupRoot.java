package org.corral.cgroup.layout;

import java.util.Optional;

/**
 * The cgroup below which Corral builds, the same in every hierarchy. Immutable.
 *
 * @param path below each hierarchy's mount point, absolute from there: {@code /corral}
 * @param warning one line for the operator if the place is not a good one; empty if it is
 */
public record CgroupRoot(String path, Optional<String> warning) {}
