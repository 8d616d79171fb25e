package org.corral.linux.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.linux.Linux;

/**
 * What this process sees mounted. A picture of one moment: mounts come and go. Immutable.
 *
 * @param mounts all of them in the kernel's order, those that a later one hides included
 * @param ignoredLines the lines that were not understood, as they were
 */
public record MountTable(List<MountPoint> mounts, List<String> ignoredLines) {

    private static final String MOUNTINFO = "/proc/self/mountinfo";

    /** Copies the lists. */
    public MountTable {
        mounts = List.copyOf(mounts);
        ignoredLines = List.copyOf(ignoredLines);
    }

    /**
     * Reads the table of this process. Bytes that are not UTF-8 become U+FFFD, so a mount point with such a name cannot be
     * opened by what is told here.
     *
     * @throws IOException if {@code /proc/self/mountinfo} cannot be read, mostly because /proc is not mounted
     */
    public static MountTable read(Linux linux) throws IOException {
        byte[] text = Files.readAllBytes(linux.path(MOUNTINFO));
        return parse(new String(text, StandardCharsets.UTF_8));
    }

    /** {@return the table that the text of a mountinfo file tells; lines that are none are ignored, never fatal} */
    public static MountTable parse(String mountinfo) {
        List<MountPoint> mounts = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (String line : mountinfo.split("\n", -1)) {
            Optional<MountPoint> mount = MountPoint.parse(line);
            mount.ifPresent(mounts::add);
            if (mount.isEmpty() && !line.isBlank()) {
                ignored.add(line);
            }
        }
        return new MountTable(mounts, ignored);
    }

    /** {@return the mounts that no later one on the same mount point hides, in the kernel's order} */
    public List<MountPoint> visible() {
        Map<String, MountPoint> last = new LinkedHashMap<>();
        for (MountPoint mount : mounts) {
            last.remove(mount.mountPoint());
            last.put(mount.mountPoint(), mount);
        }
        return List.copyOf(last.values());
    }
}
