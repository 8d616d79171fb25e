package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user without any privilege, who has Corral in a copy that everybody can read: the source tree may lie where only root
 * gets. Closing it removes the copy.
 */
final class Nobody implements AutoCloseable {

    static final int ID = 65534;

    /** The beginning of a command line that is executed by this user. */
    static final List<String> PREFIX = List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups", "--");

    private static final Path TARGET = Path.of("containerizer", "target");

    private final TestRoot root;
    private final Path home;

    Nobody(TestRoot root) {
        this.root = root;
        this.home = root.runtimeDirectory().resolve("home");
    }

    /** Makes the copy, and the directory for Corral's state. {@return the copy's launcher script} */
    String equip() throws IOException {
        Files.setPosixFilePermissions(root.runtimeDirectory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        makeOwn(Host.stateOf(root));
        Files.createDirectories(home.resolve(TARGET).resolve("lib"));
        copyJars(TARGET);
        copyJars(TARGET.resolve("lib"));
        return Files.copy(Cli.HOME.resolve("corral"), home.resolve("corral")).toString();
    }

    /** Makes a directory for this user alone. */
    static void makeOwn(Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:uid", ID);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private void copyJars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(Cli.HOME.resolve(folder))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, home.resolve(folder).resolve(jar.getFileName()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        new FileTrace(home).remove();
    }
}
