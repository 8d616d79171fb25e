package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.linux.Linux;

/** Looks for privileges and programs. */
final class HostProbes {

    private static final List<String> FOLDERS =
            List.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":", -1));

    private HostProbes() {}

    static void root() throws IOException {
        int user = Linux.ofThisHost().processes().effectiveUserId();
        if (user != 0) {
            throw new IOException("the effective user is " + user);
        }
    }

    static void knownLayout() throws IOException {
        if (!Files.isRegularFile(LayoutInfoIT.golden())) {
            throw new IOException("there is no " + LayoutInfoIT.golden());
        }
    }

    static void filesOnDisk() throws IOException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        String type = Files.getFileStore(directory).type();
        if (type.equals("tmpfs") || type.equals("ramfs")) {
            throw new IOException(directory + " is a " + type);
        }
    }

    static void onPath(String program) throws IOException {
        if (FOLDERS.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
            throw new IOException("no " + program + " on the PATH");
        }
    }

    static void runs(String... command) throws IOException {
        String shown = String.join(" ", command);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(shown + " ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(shown + " was interrupted", e);
        }
    }
}
