package org.corral.benchmarks.report.jmh;

import java.io.IOException;
import java.nio.file.Path;

/** A file that was to be read or written, and is of no use. */
public final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Tells what is wrong.
     *
     * @param why as it goes on after the file
     * @param remedy what to do
     */
    public UnusableFileException(Path file, String why, String remedy) {
        super(file + " " + why + "; " + remedy);
    }
}
