/**
 * The bottom of the house and the only package that knows JNR.
 *
 * <p>What it does: {@code LibC} binds the C functions under their own names; {@link org.corral.linux.raw.Syscalls} offers
 * them as checked calls in Java types. A call that returns -1 becomes an {@link org.corral.linux.errno.ErrnoException},
 * here and nowhere else. Every descriptor is born with O_CLOEXEC.
 *
 * <p>EINTR: reads, writes, opens and waits are repeated; {@code close} never is, because on Linux the descriptor is gone
 * even then (close(2)); {@code epoll_wait} returns no events.
 *
 * <p>What it does not do: own descriptors (ints go in and out), probe features, retry anything else, hide differences
 * between kernels.
 */
@NullMarked
package org.corral.linux.raw;

import org.jspecify.annotations.NullMarked;
