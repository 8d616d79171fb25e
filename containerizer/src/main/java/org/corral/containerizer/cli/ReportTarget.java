package org.corral.containerizer.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Where a report goes: a file, or standard output for {@code -}. Immutable.
 *
 * @param where as the user gave it
 */
record ReportTarget(String where) {

    private static final String STANDARD_OUTPUT = "-";

    /** Refuses a place where no report could be written later. */
    void check() throws IOException {
        if (!where.equals(STANDARD_OUTPUT)) {
            FileChecks.requireWritable("--report", Path.of(where));
        }
    }

    /** Writes a report, whole or not at all: a reader sees an older one or this one. */
    void write(String report, PrintStream standardOutput) throws IOException {
        if (where.equals(STANDARD_OUTPUT)) {
            standardOutput.print(report);
            standardOutput.flush();
            return;
        }
        try {
            write(report);
        } catch (IOException e) {
            throw new IOException("--report " + where + " could not be written: " + OneLine.of(e), e);
        }
    }

    private void write(String report) throws IOException {
        Path file = Files.exists(Path.of(where)) ? Path.of(where).toRealPath() : Path.of(where);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, report); // a device or a pipe, which must not be replaced
            return;
        }
        replace(file, report);
    }

    /** In a name that nobody has made before, as a link of somebody else's in {@code /tmp} could lead anywhere. */
    private static void replace(Path file, String report) throws IOException {
        Path temporary = Files.createFile(
                file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            Files.writeString(temporary, report, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
