package org.corral.testing;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;

/**
 * Opens real directories and tells made-up file systems and attributes of them. Knows open, close, filesystemMagic and
 * attribute; any other call fails the test.
 */
public final class FakeMagicFiles {

    /** TMPFS_MAGIC, what a directory without another magic is on. */
    public static final long TMPFS_MAGIC = 0x01021994;

    private final Map<Path, Long> magics = new HashMap<>();
    private final Map<Path, Errno> openFailures = new HashMap<>();
    private final Map<Path, Map<String, Object>> attributes = new HashMap<>();
    private final Map<Integer, Path> open = new HashMap<>();
    private int nextFd = 100;

    /** Puts a file system on a directory. */
    public void magic(Path directory, long magic) {
        magics.put(directory, magic);
    }

    /** Makes open fail. */
    public void failOpen(Path directory, Errno errno) {
        openFailures.put(directory, errno);
    }

    /** Gives a directory an extended attribute. */
    public void attribute(Path directory, String name, String value) {
        attributesOf(directory).put(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes reading an extended attribute fail. */
    public void failAttribute(Path directory, String name, Errno errno) {
        attributesOf(directory).put(name, errno);
    }

    /** {@return how many descriptors were opened and not closed} */
    public int openCount() {
        return open.size();
    }

    /** {@return the calls, to put into a Linux} */
    public FileCalls calls() {
        return (FileCalls) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FileCalls.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "open" -> open(Path.of((String) args[0]));
                    case "close" -> close((Integer) args[0]);
                    case "filesystemMagic" -> magics.getOrDefault(pathOf((Integer) args[0]), TMPFS_MAGIC);
                    case "attribute" -> attribute((Integer) args[0], (String) args[1]);
                    default -> throw new UnsupportedOperationException("unexpected call of " + method.getName());
                });
    }

    private int open(Path directory) throws ErrnoException {
        if (openFailures.containsKey(directory)) {
            throw new ErrnoException("open", openFailures.get(directory), directory.toString());
        }
        if (!Files.isDirectory(directory)) {
            throw new ErrnoException("open", Errno.ENOENT, directory.toString());
        }
        open.put(nextFd, directory);
        return nextFd++;
    }

    private Object close(int fd) throws ErrnoException {
        pathOf(fd);
        return open.remove(fd);
    }

    private Optional<byte[]> attribute(int fd, String name) throws ErrnoException {
        Object value = attributesOf(pathOf(fd)).get(name);
        if (value instanceof Errno errno) {
            throw new ErrnoException("fgetxattr", errno, name);
        }
        return Optional.ofNullable((byte[]) value);
    }

    private Path pathOf(int fd) throws ErrnoException {
        if (!open.containsKey(fd)) {
            throw new ErrnoException("fake", Errno.EBADF, "fd " + fd);
        }
        return open.get(fd);
    }

    private Map<String, Object> attributesOf(Path directory) {
        return attributes.computeIfAbsent(directory, any -> new HashMap<>());
    }
}
