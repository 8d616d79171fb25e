package org.corral.containerizer.isolator;

import static org.corral.linux.raw.Constants.MS_BIND;
import static org.corral.linux.raw.Constants.MS_NODEV;
import static org.corral.linux.raw.Constants.MS_NOSUID;
import static org.corral.linux.raw.Constants.MS_REC;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Namespace;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;

/**
 * {@code filesystem/private}: mounts of its own: an empty {@code /tmp} that goes with the container, and directories that it
 * may read and not write.
 */
public final class FilesystemPrivate extends NamespaceIsolator {

    static final String NAME = "filesystem/private";
    static final String TEMPORARY = "tmp";
    static final String TEMPORARY_SIZE = "tmp-size";
    static final String READ_ONLY = "read-only";

    private final List<Path> temporary;
    private final String temporaryOptions;
    private final List<Path> readOnly;

    /**
     * Makes it.
     *
     * @param options {@code tmp}, {@code tmp-size}, {@code read-only}: see {@code docs/isolators.md}
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    public FilesystemPrivate(Linux linux, Map<String, String> options) {
        super(linux, NAME, Set.of(Namespace.MOUNT));
        temporary = directories(TEMPORARY, options.getOrDefault(TEMPORARY, "/tmp"));
        temporaryOptions = "mode=1777" + sizeOption(options);
        readOnly = directories(READ_ONLY, options.getOrDefault(READ_ONLY, ""));
    }

    private static String sizeOption(Map<String, String> options) {
        String size = options.get(TEMPORARY_SIZE);
        try {
            return size == null ? "" : ",size=" + DataSize.parse(size).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "isolator option " + NAME + ":" + TEMPORARY_SIZE + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> directories(String key, String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> directory(key, text))
                .toList();
    }

    private static Path directory(String key, String text) {
        Path path = Path.of(text).normalize();
        if (!path.isAbsolute() || !Files.isDirectory(path)) {
            throw new IllegalArgumentException("isolator option " + NAME + ":" + key + " names '" + text
                    + "', which is no directory of this host: give absolute paths, separated by commas");
        }
        return path;
    }

    /** Refuses a working directory that the container would not see. */
    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        Path working = request.directory().orElse(Path.of("")).toAbsolutePath().normalize();
        for (Path hidden : temporary) {
            if (working.startsWith(hidden) && !working.equals(hidden)) {
                throw new IOException("working directory " + working + " is hidden by the container's own " + hidden
                        + ": give another directory, or others for isolator option " + NAME + ":" + TEMPORARY);
            }
        }
        return super.prepare(id, request);
    }

    /** The empty directories come last: they may hide the class path. */
    @Override
    void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException {
        for (Path directory : readOnly) {
            linux().namespaces().mount(directory.toString(), directory.toString(), null, MS_BIND | MS_REC, null);
            linux().namespaces().makeReadOnly(directory.toString());
        }
        for (Path directory : temporary) {
            linux().namespaces().mount("corral", directory.toString(), "tmpfs", MS_NOSUID | MS_NODEV, temporaryOptions);
        }
    }
}
