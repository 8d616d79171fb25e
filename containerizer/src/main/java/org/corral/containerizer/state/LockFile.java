package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.corral.linux.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is there to be locked, by fcntl(2): the kernel ends such a lock with the process that holds it, and children do
 * not inherit it. It ends too when the process closes the file anywhere, so what a process has locked it must not open again.
 * Immutable.
 */
record LockFile(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);

    void makeUnlessThere() throws IOException {
        try {
            Files.createFile(path, OwnerOnly.FILE);
        } catch (FileAlreadyExistsException e) {
            LOG.trace("{} is there", path);
        }
    }

    /** {@return what tells it from a later one of its name} */
    Object inode() throws IOException {
        return Files.getAttribute(path, "unix:ino");
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
