package org.corral.cgroup.controller;

import java.io.IOException;
import org.corral.core.text.Quoted;

/** A control file holds text that is not of the form this kind of file has: another kernel's, or one cut short. */
public final class ControlFileFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the failure of a line.
     *
     * @param file the control file's name
     * @param line the text that is not understood
     * @param expected what was expected there, as {@code 'key number'}
     */
    public ControlFileFormatException(String file, String line, String expected) {
        super(message(file, line, expected));
    }

    ControlFileFormatException(String file, String line, String expected, Throwable cause) {
        super(message(file, line, expected), cause);
    }

    private static String message(String file, String line, String expected) {
        return file + ": line " + Quoted.of(line) + " is not understood, expected " + expected;
    }
}
