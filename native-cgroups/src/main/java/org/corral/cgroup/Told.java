package org.corral.cgroup;

import org.corral.linux.errno.ErrnoException;

/** Calls on descriptors, which know only a number, with their errors told of the path. */
final class Told {

    private Told() {}

    /** {@return what the call returns} */
    static <T> T of(String path, Query<T> call) throws ErrnoException {
        try {
            return call.ask();
        } catch (ErrnoException e) {
            throw e.about(path);
        }
    }

    /** A call with a result. */
    interface Query<T> {
        T ask() throws ErrnoException;
    }
}
