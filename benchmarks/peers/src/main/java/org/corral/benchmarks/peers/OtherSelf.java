package org.corral.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oshi.SystemInfo;
import oshi.software.os.CgroupInfo;
import oshi.util.GlobalConfig;

/** A {@code /proc} for OSHI in which {@code self} is another process; for a virtual machine that has not used OSHI before. */
final class OtherSelf implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");
    private static final String SELF = "self";

    /** What else OSHI looks at once. */
    private static final List<String> HOST = List.of("filesystems", "stat", "version");

    private final Path directory = Files.createTempDirectory("corral-proc");

    OtherSelf(int pid) throws IOException {
        link(SELF, Integer.toString(pid));
        for (String file : HOST) {
            link(file, file);
        }
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_PROC_PATH, directory.toString());
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), PROC.resolve(target));
    }

    /** {@return that process's} */
    CgroupInfo cgroup() {
        return new SystemInfo().getOperatingSystem().getCgroupInfo();
    }

    @Override
    public void close() throws IOException {
        Files.delete(directory.resolve(SELF));
        for (String file : HOST) {
            Files.delete(directory.resolve(file));
        }
        Files.delete(directory);
    }
}
