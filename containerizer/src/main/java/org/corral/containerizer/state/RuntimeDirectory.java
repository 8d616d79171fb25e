package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.linux.OwnerOnly;

/**
 * Where agents keep what a reboot may clear: {@code /run/corral} for root, {@code $XDG_RUNTIME_DIR/corral} or
 * {@code /tmp/corral-<uid>} for others; {@code $CORRAL_RUNTIME_DIR} overrides.
 */
public final class RuntimeDirectory {

    private RuntimeDirectory() {}

    /**
     * {@return the directory of a user}
     *
     * @param environment the agent's
     */
    public static Path of(int uid, Map<String, String> environment) {
        String given = environment.get("CORRAL_RUNTIME_DIR");
        if (given != null && !given.isEmpty()) {
            return Path.of(given);
        }
        String session = environment.get("XDG_RUNTIME_DIR");
        if (uid == 0) {
            return Path.of("/run/corral");
        }
        return session != null && Files.isWritable(Path.of(session))
                ? Path.of(session, "corral")
                : Path.of("/tmp/corral-" + uid);
    }

    /**
     * Makes a directory that nobody else can look into, and those above it.
     *
     * @throws IOException if it is there and belongs to somebody else or is open to others, as in {@code /tmp} anybody
     *     could have made it; NoSuchFileException if somebody removed it meanwhile; or if somebody else could put another one in its place
     */
    public static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            refuseReplaceable(directory); // nothing is made where a link of another user's leads
            make(directory);
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (!isMine(directory) || !OwnerOnly.DIRECTORY.value().containsAll(modes)) {
            throw new IOException("runtime directory " + directory + " belongs to another user or is open to others ("
                    + PosixFilePermissions.toString(modes)
                    + "): remove it, or set CORRAL_RUNTIME_DIR to a private one");
        }
        refuseReplaceable(directory);
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, OwnerOnly.DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            Path inTheWay = Path.of(e.getFile());
            if (isOtherThanDirectory(inTheWay)) {
                throw new IOException("runtime directory " + directory + " cannot be made: " + inTheWay
                        + " is no directory: remove it, or set CORRAL_RUNTIME_DIR to another place");
            }
            throw new NoSuchFileException(directory.toString(), null, "it was removed while it was made");
        }
    }

    /** In one look: between two, another agent may remove the directory, or make it. */
    private static boolean isOtherThanDirectory(Path path) throws IOException {
        try {
            return !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Who may change what is above could exchange ours for another; in a sticky directory as /tmp only we can. */
    private static void refuseReplaceable(Path directory) throws IOException {
        Optional<Path> weak = TrustedPath.weakness(directory);
        if (weak.isPresent()) {
            throw new IOException(
                    "runtime directory " + directory + " is not safe: users other than root and this one may"
                            + " write to " + weak.get() + ": set CORRAL_RUNTIME_DIR to a private one");
        }
    }

    /**
     * Refuses to believe what is in a directory that another user can write to, as in {@code /tmp} anybody could have made it.
     *
     * @return whether it is there
     * @throws IOException if it, or what is above it, belongs to somebody else
     */
    public static boolean requireOwn(Path directory) throws IOException {
        try {
            int mode = (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if (!isMine(directory) || TrustedPath.isWritableByOthers(mode)) {
                throw foreign(directory, directory.toString());
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (AccessDeniedException e) {
            throw foreign(directory, e.getFile());
        }
        refuseReplaceable(directory);
        return true;
    }

    private static IOException foreign(Path directory, String which) {
        return new IOException("runtime directory " + directory + " cannot be used: " + which
                + " belongs to another user or can be written to by others: do this as the user whose containers they are,"
                + " or set CORRAL_RUNTIME_DIR to a private directory");
    }

    private static boolean isMine(Path directory) throws IOException {
        return (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS) == ownUid();
    }

    private static int ownUid() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Removes a directory and the one above it if nothing is left in them. */
    public static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
            Path above = directory.getParent();
            if (above != null
                    && above.getFileName() != null
                    && above.getFileName().toString().startsWith("corral")) {
                Files.deleteIfExists(above);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            return; // somebody else's containers
        }
    }
}
