package org.corral.testing;

import java.util.Map;
import java.util.TreeMap;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * The open descriptors of the fake kernel's one caller. Numbers are not used again, so that a use after close shows, and
 * are above all that the real kernel gives out.
 */
final class FakeDescriptors {

    /** Real ones are below fs.nr_open, which is a million by default. */
    static final int FIRST = 1 << 30;

    private final Map<Integer, Object> open = new TreeMap<>();
    private int next = FIRST;

    int add(Object what) {
        open.put(next, what);
        return next++;
    }

    <T> T get(int fd, Class<T> type) throws ErrnoException {
        Object what = open.get(fd);
        FakeCgroup.require(type.isInstance(what), "fd", Errno.EBADF, "fd " + fd);
        return type.cast(what);
    }

    boolean isOpen(int fd) {
        return open.containsKey(fd);
    }

    void close(int fd) throws ErrnoException {
        FakeCgroup.require(open.remove(fd) != null, "close", Errno.EBADF, "fd " + fd);
    }

    Map<Integer, Object> open() {
        return Map.copyOf(open);
    }
}
