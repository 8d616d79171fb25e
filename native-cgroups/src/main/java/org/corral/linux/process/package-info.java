/** Processes: pidfds, the launch gate, and what /proc says of them. */
@NullMarked
package org.corral.linux.process;

import org.jspecify.annotations.NullMarked;
