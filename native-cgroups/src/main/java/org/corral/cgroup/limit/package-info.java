/**
 * The limits that are changed while a container runs, as transactions: planned against what the kernel holds, written in the order
 * it takes, and taken back if one is refused.
 */
@NullMarked
package org.corral.cgroup.limit;

import org.jspecify.annotations.NullMarked;
