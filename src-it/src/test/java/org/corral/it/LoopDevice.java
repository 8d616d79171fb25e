package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.core.unit.DeviceNumber;

/** A disk of a test's own, in a file that closing it removes. */
final class LoopDevice implements AutoCloseable {

    private static final long BYTES = 16 << 20;

    private final Path file;
    private final Path path;

    private LoopDevice(Path file, Path path) {
        this.file = file;
        this.path = path;
    }

    /** {@return a new one, in a file of that name} */
    static LoopDevice of(Path file) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(BYTES);
        }
        return new LoopDevice(file, Path.of(losetup("--find", "--show", file.toString())));
    }

    private static String losetup(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("losetup"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            assertThat(process.waitFor()).as(out).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("losetup was interrupted", e);
        }
        return out;
    }

    /** {@return its file below {@code /dev}} */
    Path path() {
        return path;
    }

    /** {@return its number, found without the code under test} */
    DeviceNumber number() throws IOException {
        return DeviceNumber.parse(
                Files.readString(Path.of("/sys/class/block", path.getFileName().toString(), "dev"))
                        .strip());
    }

    /** {@return a command that reads so much of it past the page cache} */
    String[] read(int kibibytes) {
        return new String[] {
            "dd", "if=" + path, "of=/dev/null", "bs=4096", "count=" + kibibytes / 4, "iflag=direct", "status=none"
        };
    }

    @Override
    public void close() throws IOException {
        losetup("--detach", path.toString());
        Files.delete(file);
    }
}
