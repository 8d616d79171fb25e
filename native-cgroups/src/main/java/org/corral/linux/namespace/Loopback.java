package org.corral.linux.namespace;

import static org.corral.linux.raw.Constants.IFF_UP;

import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;

/** The device {@code lo} of the calling thread's network namespace, which is down in a new one. */
public record Loopback(Linux linux) {

    private static final String DEVICE = "lo";

    /**
     * Turns it on; the kernel gives it its addresses.
     *
     * @throws ErrnoException EPERM without CAP_NET_ADMIN in that namespace
     */
    public void up() throws ErrnoException {
        try (Fd socket = new Fd(linux.files(), linux.namespaces().socket(), "socket")) {
            int flags = linux.namespaces().interfaceFlags(socket.number(), DEVICE);
            linux.namespaces().setInterfaceFlags(socket.number(), DEVICE, flags | IFF_UP);
        }
    }
}
