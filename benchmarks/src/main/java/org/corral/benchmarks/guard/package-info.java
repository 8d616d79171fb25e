/** Keeps the hot paths as fast as they are: a short run of benchmarks that fails when a ratio, an allocation or a system call is too much. */
@NullMarked
package org.corral.benchmarks.guard;

import org.jspecify.annotations.NullMarked;
