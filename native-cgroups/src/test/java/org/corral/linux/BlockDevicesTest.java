package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.core.unit.DeviceNumber;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.FileStatus;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockDevicesTest {

    private static final int BLOCK = 060660;
    private static final int CHARACTER = 020660;
    private static final int FD = 7;

    @TempDir
    private Path root;

    private final FakeKernel kernel = new FakeKernel().on("close", fd -> null);

    @BeforeEach
    void diskWithOnePartition() throws IOException {
        Path disk = Files.createDirectories(root.resolve("sys/devices/pci/block/sda"));
        Path part = Files.createDirectories(disk.resolve("sda1"));
        Files.writeString(part.resolve("partition"), "1\n");
        Path numbers = Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(numbers.resolve("8:0"), disk);
        Files.createSymbolicLink(numbers.resolve("8:1"), part);
    }

    private BlockDevices devices() {
        return new BlockDevices(kernel.linux(root));
    }

    private BlockDevices deviceFile(int mode, int major, int minor) {
        kernel.on("open", arguments -> FD).on("status", fd -> new FileStatus(1, 7, mode, 1, 0, 0, major, minor));
        return devices();
    }

    @Test
    void disk_number_isThat() {
        assertThat(devices().disk("8:0")).isEqualTo(new DeviceNumber(8, 0));
    }

    @Test
    void disk_path_isTheNumberOfItsDevice() {
        assertThat(deviceFile(BLOCK, 8, 0).disk("/dev/sda")).isEqualTo(new DeviceNumber(8, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8:1", "/dev/sda1"})
    void disk_partition_refusedNamingItsDisk(String device) {
        BlockDevices devices = deviceFile(BLOCK, 8, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> devices.disk(device))
                .withMessageContainingAll(device + " is a partition", "/dev/sda");
    }

    @Test
    void disk_numberOfNoDevice_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> devices().disk("9:9"))
                .withMessageContainingAll("9:9 is no block device of this host", "lsblk");
    }

    @Test
    void disk_otherKindOfFile_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deviceFile(CHARACTER, 1, 3).disk("/dev/null"))
                .withMessageContaining("/dev/null is no block device");
    }

    @Test
    void disk_pathThatIsNotThere_refusedWithTheReason() {
        kernel.on("open", arguments -> {
            throw new ErrnoException("open", Errno.ENOENT, "/dev/sdz");
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> devices().disk("/dev/sdz"))
                .withMessageContainingAll("/dev/sdz", "ENOENT", "as /dev/sda or 8:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sda", "", "8", "-"})
    void disk_neitherPathNorNumber_refused(String device) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> devices().disk(device))
                .withMessageContaining("'" + device + "' is neither a path nor a number");
    }
}
