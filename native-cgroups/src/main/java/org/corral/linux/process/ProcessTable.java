package org.corral.linux.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.linux.Linux;

/**
 * All processes that {@code /proc} shows, at one moment. Immutable.
 *
 * @param processes in no order
 */
public record ProcessTable(List<ProcStat> processes) {

    /** Copies the list. */
    public ProcessTable {
        processes = List.copyOf(processes);
    }

    /**
     * Reads them one by one; processes that end meanwhile are left out.
     *
     * @throws IOException if {@code /proc} cannot be listed or read, for want of descriptors among others
     */
    public static ProcessTable read(Linux linux) throws IOException {
        List<ProcStat> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(linux.path("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                read(entry).ifPresent(found::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new ProcessTable(found);
    }

    /**
     * {@return one process as it is now, empty if it is gone or hidden from this user (hidepid of proc(5))}
     *
     * @throws IOException if it is there but cannot be read, for want of descriptors among others
     */
    public static Optional<ProcStat> find(Linux linux, int pid) throws IOException {
        return read(linux.path("/proc/" + pid));
    }

    /** In Latin-1: a process may name itself with any bytes. */
    private static Optional<ProcStat> read(Path process) throws IOException {
        Path stat = process.resolve("stat");
        try {
            return Optional.of(ProcStat.parse(Files.readString(stat, ISO_8859_1)));
        } catch (IOException e) {
            // Gone before the open (ENOENT) or the read (ESRCH). Anything else must not be taken for the process's end.
            if (Files.isReadable(stat)) {
                throw e;
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(stat + ": " + e.getMessage(), e);
        }
    }
}
