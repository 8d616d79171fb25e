package org.corral.testing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;

/** An open directory of a cgroup, or an open file in one. */
final class FakeOpenFile {

    private final FakeCgroup cgroup;
    private final Optional<String> file;
    private final int access;
    private Optional<byte[]> content = Optional.empty();
    private int position;
    private String lastRead = "";

    FakeOpenFile(FakeCgroup cgroup, Optional<String> file, int access) {
        this.cgroup = cgroup;
        this.file = file;
        this.access = access;
    }

    FakeCgroup directory() throws ErrnoException {
        FakeCgroup.require(file.isEmpty(), "openat", Errno.ENOTDIR, path());
        return cgroup;
    }

    CgroupVersion version() {
        return cgroup.hierarchy.described().version();
    }

    String path() {
        String directory = cgroup.hierarchy.described().mountPoint() + (cgroup.path.equals("/") ? "" : cgroup.path);
        return file.map(name -> directory + "/" + name).orElse(directory);
    }

    void own(int uid, int gid) {
        cgroup.owners.put(file.orElse("."), uid + ":" + gid);
    }

    int read(byte[] buffer, int offset, int most) throws ErrnoException {
        if (content.isEmpty()) {
            content = Optional.of(text());
        }
        int count = Math.min(Math.min(most, buffer.length - offset), content.get().length - position);
        System.arraycopy(content.get(), position, buffer, offset, count);
        position += count;
        return count;
    }

    int readAt(byte[] buffer, int offset, long at) throws ErrnoException {
        byte[] bytes = text();
        int count = (int) Math.max(0, Math.min(buffer.length - offset, bytes.length - at));
        System.arraycopy(bytes, (int) at, buffer, offset, count);
        return count;
    }

    void write(String value) throws ErrnoException {
        FakeCgroup.require(access != Constants.O_RDONLY, "write", Errno.EBADF, path());
        requireThere("write");
        cgroup.write(file.orElseThrow(), value);
    }

    /** {@return whether the text is another than was last read: what EPOLLPRI tells of} */
    boolean hasChanged() throws ErrnoException {
        return cgroup.isRemoved() || !cgroup.read(file.orElseThrow()).equals(lastRead);
    }

    private byte[] text() throws ErrnoException {
        FakeCgroup.require(file.isPresent(), "read", Errno.EISDIR, path());
        FakeCgroup.require(access != Constants.O_WRONLY, "read", Errno.EBADF, path());
        requireThere("read");
        lastRead = cgroup.read(file.get());
        return (lastRead + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void requireThere(String call) throws ErrnoException {
        FakeCgroup.require(!cgroup.isRemoved(), call, Errno.ENODEV, path());
    }
}
