package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.Files;
import org.corral.linux.Linux;

/** Which boot of the host this is: {@code /proc/sys/kernel/random/boot_id} (random(4)). */
public final class BootId {

    private BootId() {}

    /** {@return the id, another one after each boot} */
    public static String of(Linux linux) throws IOException {
        return Files.readString(linux.path("/proc/sys/kernel/random/boot_id")).strip();
    }
}
