package org.corral.linux;

import static org.corral.linux.raw.Constants.O_PATH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.core.unit.DeviceNumber;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileStatus;

/**
 * Finds the disk that people mean. Thread-safe.
 *
 * @param linux the kernel
 */
public record BlockDevices(Linux linux) {

    private static final String REMEDY = ": give a disk, as /dev/sda or 8:0; lsblk lists them";

    /**
     * {@return the number of a whole disk}
     *
     * @param device a path, as {@code /dev/sda}, links followed; or a number, as {@code 8:0}
     * @throws IllegalArgumentException naming what is no disk, or a part of one, which the kernel does not limit alone
     */
    public DeviceNumber disk(String device) {
        DeviceNumber number = DeviceNumber.isForm(device) ? DeviceNumber.parse(device) : numberOf(device);
        Path described = linux.path("/sys/dev/block/" + number);
        if (!Files.exists(described)) {
            throw new IllegalArgumentException("device " + device + " is no block device of this host" + REMEDY);
        }
        if (Files.exists(described.resolve("partition"))) {
            throw new IllegalArgumentException(
                    "device " + device + " is a partition, and the kernel limits whole disks: "
                            + "give the one that it is on" + wholeOf(described));
        }
        return number;
    }

    private DeviceNumber numberOf(String path) {
        FileStatus status = statusOf(path);
        if (!status.isBlockDevice()) {
            throw new IllegalArgumentException("device " + path + " is no block device" + REMEDY);
        }
        return new DeviceNumber(status.deviceMajor(), status.deviceMinor());
    }

    private FileStatus statusOf(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("device '" + path + "' is neither a path nor a number" + REMEDY);
        }
        try (Fd fd = Fd.open(linux.files(), path, O_PATH)) {
            return linux.files().status(fd.number());
        } catch (ErrnoException e) {
            throw new IllegalArgumentException("device " + path + " cannot be looked at: " + e.errno() + REMEDY, e);
        }
    }

    /** A partition's directory is in its disk's. */
    private static String wholeOf(Path partition) {
        try {
            Path disk = partition.toRealPath().getParent();
            return disk == null || disk.getFileName() == null ? "" : ", /dev/" + disk.getFileName();
        } catch (IOException e) {
            return ""; // it is only a hint
        }
    }
}
