/**
 * Ring 3: Linux objects that own their descriptors, and the handle through which everything above reaches the kernel.
 *
 * <p>What it does: a kernel object is one small class with the object's verbs; its descriptor is closed once, by its
 * owner. Errors are {@link org.corral.linux.errno.ErrnoException} with the path or pid in them; a failure that callers
 * expect (gone, would block, not in this kernel) is a result instead.
 *
 * <p>What it does not do: parse kernel versions (features are probed), cache, log, or start threads, but for
 * the poller of {@code linux.event}.
 */
@NullMarked
package org.corral.linux;

import org.jspecify.annotations.NullMarked;
