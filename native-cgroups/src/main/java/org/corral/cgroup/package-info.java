/** The cgroup handle: made, entered, listed, frozen, killed and removed, in all hierarchies at once. */
@NullMarked
package org.corral.cgroup;

import org.jspecify.annotations.NullMarked;
