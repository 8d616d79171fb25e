package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses files and folders that could not be used, before anything is made. */
final class FileChecks {

    private FileChecks() {}

    static void requireReadable(String option, Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException(option + " " + file + " cannot be read: give an existing, readable file");
        }
    }

    static void requireWritable(String option, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new IOException(
                    option + " " + file + " cannot be written: give a file in an existing, writable folder");
        }
    }

    static void requireFolder(String option, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(option + " " + folder + " is no folder: make it, or give another one");
        }
        if (!Files.isExecutable(folder)) {
            throw new IOException(option + " " + folder + " may not be entered: its x permission is missing");
        }
    }
}
