package org.corral.cgroup.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.mount.MountPoint;
import org.corral.linux.process.ProcessCgroups;
import org.corral.linux.raw.Constants;

/** Makes a {@link Hierarchy} of a mount, after looking whether the mount point is what the mount table says. */
final class HierarchyProbe {

    private static final String CGROUP_CONTROLLERS = "cgroup.controllers";
    private static final String FS_TYPE_V1 = "cgroup";
    private static final String FS_TYPE_V2 = "cgroup2";
    private static final String NAME_OPTION = "name=";

    private final Linux linux;
    private final ProcessCgroups own;

    HierarchyProbe(Linux linux, ProcessCgroups own) {
        this.linux = linux;
        this.own = own;
    }

    static boolean isCgroup(MountPoint mount) {
        return mount.fsType().equals(FS_TYPE_V1) || mount.fsType().equals(FS_TYPE_V2);
    }

    /**
     * Opens the mount point, checks its file system and reads what it carries.
     *
     * @throws IOException telling why this mount cannot be used: it cannot be opened, or another file system is there
     */
    Hierarchy probe(MountPoint mount) throws IOException {
        Path path = pathOf(mount);
        CgroupVersion version = mount.fsType().equals(FS_TYPE_V2) ? CgroupVersion.V2 : CgroupVersion.V1;
        checkMagic(path, version);
        return version == CgroupVersion.V2 ? unified(mount, path) : legacy(mount, path);
    }

    private Hierarchy unified(MountPoint mount, Path path) throws IOException {
        byte[] listed = Files.readAllBytes(path.resolve(CGROUP_CONTROLLERS));
        String[] names = new String(listed, StandardCharsets.UTF_8).trim().split("\\s+");
        Set<Controller> controllers = controllers(Arrays.stream(names), Controller::ofV2Name);
        return new Hierarchy(
                CgroupVersion.V2, path, ownPath(own.unified(), mount), controllers, !mount.isReadOnly(), "");
    }

    private Hierarchy legacy(MountPoint mount, Path path) {
        Set<Controller> controllers = controllers(mount.superOptions().stream(), Controller::ofV1Name);
        return new Hierarchy(
                CgroupVersion.V1,
                path,
                ownPath(own.legacy(mount.superOptions()), mount),
                controllers,
                !mount.isReadOnly(),
                name(mount));
    }

    private Path pathOf(MountPoint mount) throws IOException {
        try {
            return linux.path(mount.mountPoint());
        } catch (InvalidPathException e) {
            throw new IOException("not a path in this locale: " + e.getReason(), e);
        }
    }

    private void checkMagic(Path path, CgroupVersion version) throws IOException {
        long expected = version == CgroupVersion.V2 ? Constants.CGROUP2_SUPER_MAGIC : Constants.CGROUP_SUPER_MAGIC;
        long magic = magicOf(path);
        if (magic != expected) {
            throw new IOException(
                    String.format("another file system hides it: magic is 0x%x, not 0x%x", magic, expected));
        }
    }

    private long magicOf(Path path) throws ErrnoException {
        int flags = Constants.O_RDONLY | Constants.O_DIRECTORY;
        try (Fd directory = Fd.open(linux.files(), path.toString(), flags)) {
            return linux.files().filesystemMagic(directory.number());
        }
    }

    private static Set<Controller> controllers(
            Stream<String> names, Function<String, Optional<Controller>> controllerOf) {
        return names.map(controllerOf).flatMap(Optional::stream).collect(Collectors.toSet());
    }

    private static String ownPath(Optional<String> path, MountPoint mount) {
        return path.map(own -> new MountRoot(mount.root()).seen(own)).orElse("/");
    }

    private static String name(MountPoint mount) {
        return mount.superOptions().stream()
                .filter(option -> option.startsWith(NAME_OPTION))
                .map(option -> option.substring(NAME_OPTION.length()))
                .findFirst()
                .orElse("");
    }
}
