package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.SpawnPlan;

/** Makes the calls themselves: only the kernel knows what it can do. */
final class KernelProbes {

    private static final String NO_PROGRAM = "/proc/self/no-such-program";

    private KernelProbes() {}

    static void eventFd() throws IOException {
        close(Linux.ofThisHost().events().eventFd());
    }

    static void pidFd() throws IOException {
        Linux linux = Linux.ofThisHost();
        close(linux.processes().pidfdOpen(linux.processes().pid()));
    }

    static void openAt2() throws IOException {
        int flags = Constants.O_RDONLY | Constants.O_DIRECTORY;
        close(Linux.ofThisHost().files().openAt2(Constants.AT_FDCWD, "/proc", flags, Constants.RESOLVE_NO_MAGICLINKS));
    }

    static void pressure() throws IOException {
        Files.readString(Path.of("/proc/pressure/memory"));
    }

    /** This JVM has used a lot of it to come here. */
    static void userTime() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String userTicks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[11];
        if (userTicks.equals("0")) {
            throw new IOException("/proc/self/stat tells no user time of this process");
        }
    }

    /** A program that is not there is the cheapest answer that only a child with all its file actions done can give. */
    static void gate() throws IOException {
        long thread = Linux.ofThisHost().processes().pid();
        Files.readString(Path.of("/proc/self/task/" + thread + "/children"));
        List<SpawnPlan.Action> actions =
                List.of(new SpawnPlan.Action.ChangeDirectory("/"), new SpawnPlan.Action.CloseFrom(3));
        try {
            Linux.ofThisHost()
                    .processes()
                    .spawn(new SpawnPlan(NO_PROGRAM, List.of(NO_PROGRAM), List.of(), actions, true));
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    static void feature(Feature feature) throws IOException {
        Optional<String> cause =
                KernelFeatures.probe(Linux.ofThisHost(), feature).cause();
        if (cause.isPresent()) {
            throw new IOException(cause.get());
        }
    }

    private static void close(int fd) throws IOException {
        Linux.ofThisHost().files().close(fd);
    }
}
