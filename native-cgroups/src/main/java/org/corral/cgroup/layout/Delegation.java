package org.corral.cgroup.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;

/** Which cgroup, if any, has been handed to this process to build below. */
final class Delegation {

    /** systemd sets both to 1 on a delegated cgroup; trusted ones cannot be read without CAP_SYS_ADMIN. */
    private static final List<String> MARKS = List.of("user.delegate", "trusted.delegate");

    private static final byte[] YES = "1".getBytes(StandardCharsets.US_ASCII);
    private static final String SYSTEMD = "systemd";
    private static final Pattern UNIT = Pattern.compile(".*\\.(service|scope|slice|socket|mount|swap)");
    private static final String PROCS = "cgroup.procs";
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";
    private static final String TOP = "/";

    private final CgroupLayout layout;
    private final Linux linux;

    Delegation(CgroupLayout layout, Linux linux) {
        this.layout = layout;
        this.linux = linux;
    }

    /** {@return the cgroup that systemd has delegated: the process's own, or the one above with DelegateSubgroup=} */
    Optional<String> bySystemd() {
        return layout.hierarchies().stream()
                .filter(Delegation::isKeptBySystemd)
                .flatMap(hierarchy -> delegated(hierarchy).stream())
                .findFirst();
    }

    /** {@return the process's own v2 cgroup, if it may build there without being root} */
    Optional<String> own() {
        return unifiedOfUser().filter(v2 -> mayBuildIn(v2, v2.ownPath())).map(Hierarchy::ownPath);
    }

    /** {@return the cgroup above, if it may build there and no process is in it} The own is a leaf made for it then. */
    Optional<String> aboveOwn() {
        return unifiedOfUser()
                .filter(v2 -> isSubgroup(v2.ownPath()))
                .filter(v2 -> mayBuildIn(v2, above(v2.ownPath())))
                .filter(v2 -> holdsNoProcess(v2, above(v2.ownPath())))
                .map(v2 -> above(v2.ownPath()));
    }

    private Optional<Hierarchy> unifiedOfUser() {
        boolean isRoot = linux.processes().effectiveUserId() == 0;
        return layout.hierarchies().stream()
                .filter(hierarchy -> hierarchy.version() == CgroupVersion.V2 && hierarchy.writable() && !isRoot)
                .findFirst();
    }

    /** The files that a delegation hands over with the directory: admin-guide/cgroup-v2.rst, section Delegation. */
    private static boolean mayBuildIn(Hierarchy hierarchy, String cgroup) {
        return directory(hierarchy, cgroup)
                .filter(Files::isWritable)
                .filter(directory -> Files.isWritable(directory.resolve(PROCS)))
                .filter(directory -> Files.isWritable(directory.resolve(SUBTREE_CONTROL)))
                .isPresent();
    }

    private static boolean holdsNoProcess(Hierarchy hierarchy, String cgroup) {
        try {
            Optional<Path> directory = directory(hierarchy, cgroup);
            return directory.isPresent()
                    && Files.readString(directory.get().resolve(PROCS)).isBlank();
        } catch (IOException e) {
            return false; // nothing to build on
        }
    }

    private static boolean isKeptBySystemd(Hierarchy hierarchy) {
        return hierarchy.version() == CgroupVersion.V2 || hierarchy.name().equals(SYSTEMD);
    }

    /** A cgroup that is a unit's is looked at alone: what is delegated above it is another's, as a user's manager. */
    private Optional<String> delegated(Hierarchy hierarchy) {
        String own = hierarchy.ownPath();
        if (isMarked(hierarchy, own)) {
            return Optional.of(own);
        }
        return isSubgroup(own) && isMarked(hierarchy, above(own)) ? Optional.of(above(own)) : Optional.empty();
    }

    private static boolean isSubgroup(String cgroup) {
        return !cgroup.equals(TOP) && !UNIT.matcher(cgroup).matches();
    }

    private static String above(String cgroup) {
        String above = cgroup.substring(0, cgroup.lastIndexOf('/'));
        return above.isEmpty() ? TOP : above;
    }

    private boolean isMarked(Hierarchy hierarchy, String cgroup) {
        return directory(hierarchy, cgroup).filter(this::isMarked).isPresent();
    }

    /** A cgroup that cannot be opened has not been delegated to this process. */
    private boolean isMarked(Path directory) {
        String name = directory.toString();
        try (Fd fd = new Fd(linux.files(), openDirectory(name), name)) {
            return MARKS.stream().anyMatch(mark -> isYes(fd, mark));
        } catch (ErrnoException e) {
            return false;
        }
    }

    private int openDirectory(String path) throws ErrnoException {
        return linux.files().open(path, Constants.O_RDONLY | Constants.O_DIRECTORY, 0);
    }

    /** Kernels before 5.7 have no user attributes on cgroups (EOPNOTSUPP), which says nothing of the other mark. */
    private boolean isYes(Fd directory, String mark) {
        try {
            return linux.files()
                    .attribute(directory.number(), mark)
                    .filter(value -> Arrays.equals(value, YES))
                    .isPresent();
        } catch (ErrnoException e) {
            return false;
        }
    }

    /** Empty for a name that this locale cannot express. */
    private static Optional<Path> directory(Hierarchy hierarchy, String cgroup) {
        try {
            return Optional.of(hierarchy.mountPoint().resolve(cgroup.substring(1)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
