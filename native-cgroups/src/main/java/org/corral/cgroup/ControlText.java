package org.corral.cgroup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.corral.linux.Fd;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileCalls;

/**
 * The text of an open control file, read or written once. Confined to one thread.
 *
 * @param location its path, which errors tell
 */
record ControlText(FileCalls files, Fd opened, String location) {

    private static final int FIRST_READ = 4096;

    /** {@return all of it, without the final newline} */
    String read() throws ErrnoException {
        String text = Told.of(location, () -> readAll((buffer, length) -> files.read(opened.number(), buffer, length)));
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return all of it, from its start however often it is read, with the final newline} */
    String readAgain() throws ErrnoException {
        return Told.of(
                location, () -> readAll((buffer, length) -> files.readAt(opened.number(), buffer, length, length)));
    }

    /** Reads to the end, for a file may be longer than any one read gives. */
    private static String readAll(Reading reading) throws ErrnoException {
        byte[] buffer = new byte[FIRST_READ];
        int length = 0;
        int count;
        while ((count = reading.into(buffer, length)) > 0) {
            length += count;
            buffer = length < buffer.length ? buffer : Arrays.copyOf(buffer, 2 * length);
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes it with one call, for the kernel may take each for a value of its own. */
    void write(String value) throws ErrnoException {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        int written = Told.of(location, () -> files.write(opened.number(), data));
        if (written != data.length) {
            throw new ErrnoException("write", Errno.EIO, location + ", which took " + written + " bytes alone");
        }
    }

    /** One read(2) behind what has been read. */
    private interface Reading {
        int into(byte[] buffer, int length) throws ErrnoException;
    }
}
