package org.corral.containerizer.external;

import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.containerizer.launcher.MadeFile;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.process.Identity;

/** Gives a sandbox to the user of its container, as Mesos does before each call of a program. */
final class Sandboxes {

    private static final int MODE = 0644;

    private final Linux linux;

    Sandboxes(Linux linux) {
        this.linux = linux;
    }

    /**
     * Checks and hands over the directory, and in it a file for standard error if there is none. One that is there is nobody's
     * to give away: that user may have put a link in its place.
     *
     * @throws IOException naming the directory or the user that cannot be used
     */
    void prepare(Optional<Path> sandbox, Optional<String> user) throws IOException {
        if (sandbox.isPresent() && !Files.isDirectory(sandbox.get())) {
            throw new IOException(
                    "working directory " + sandbox.get() + " does not exist: make it, or give another one");
        }
        Optional<Identity> owner = user.isPresent() ? Identity.find(linux, user.get()) : Optional.empty();
        if (sandbox.isPresent() && owner.isPresent()) {
            handOver(sandbox.get(), owner.get());
        }
    }

    private void handOver(Path sandbox, Identity owner) throws IOException {
        try (Fd directory = Fd.open(linux.files(), sandbox.toString(), O_RDONLY | O_DIRECTORY)) {
            linux.files().changeOwner(directory.number(), owner.uid(), owner.gid());
        }
        Path errors = sandbox.resolve("stderr");
        if (Files.notExists(errors, LinkOption.NOFOLLOW_LINKS)) {
            MadeFile.make(linux, errors, O_WRONLY, MODE, owner).close();
        }
    }
}
