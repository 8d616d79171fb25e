package org.corral.containerizer.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/** Gives a sandbox to the user of its container, as Mesos does before each call of a program. */
final class Sandboxes {

    private Sandboxes() {}

    /**
     * Checks and hands over.
     *
     * @throws IOException naming the directory or the user that cannot be used
     */
    static void prepare(Optional<Path> sandbox, Optional<String> user) throws IOException {
        if (sandbox.isPresent() && !Files.isDirectory(sandbox.get())) {
            throw new IOException(
                    "working directory " + sandbox.get() + " does not exist: make it, or give another one");
        }
        if (sandbox.isPresent() && user.isPresent()) {
            UserPrincipal owner = sandbox.get()
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(user.get());
            Files.setOwner(sandbox.get(), owner);
            Path errors = sandbox.get().resolve("stderr");
            if (Files.notExists(errors)) {
                Files.createFile(errors);
            }
            Files.setOwner(errors, owner);
        }
    }
}
