/** Races of the sampler. */
@NullMarked
package org.corral.cgroup.sample;

import org.jspecify.annotations.NullMarked;
