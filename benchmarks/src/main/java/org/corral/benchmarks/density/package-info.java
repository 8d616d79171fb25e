/**
 * How many containers one agent can hold on this host, and what that costs: {@code benchmarks/corral-density N}. Real containers are
 * launched, sampled, updated, in part killed by the kernel for want of memory, and destroyed.
 */
@NullMarked
package org.corral.benchmarks.density;

import org.jspecify.annotations.NullMarked;
