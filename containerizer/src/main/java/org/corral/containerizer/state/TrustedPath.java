package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a path leads to the same place whatever other users do: each directory and link on the way is root's or this user's,
 * and in those directories nobody else can exchange one for another. Links are followed as the kernel does
 * (path_resolution(7)). Confined to one thread.
 *
 * <p>Whoever owns {@code /} counts as root: so root looks like in a user namespace that does not know it.
 */
public final class TrustedPath {

    /** As the kernel's: more are ELOOP. */
    private static final int MOST_LINKS = 40;

    private static final int TYPE = 0170000;
    private static final int LINK = 0120000;
    private static final int DIRECTORY = 040000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;

    private final Set<Integer> trusted = new HashSet<>(Set.of(0));
    private final Deque<Path> rest = new ArrayDeque<>();
    private Path at;
    private int links;

    private TrustedPath(Path root) throws IOException {
        this.at = root;
        trusted.add((int) Files.getAttribute(root, "unix:uid"));
        trusted.add((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /**
     * {@return the first directory or link on the way that another user could change, empty if there is none} The last element
     * is looked at as an entry of its directory: who may write to it is not asked. What is not there yet is nobody's.
     *
     * @throws IOException if a directory may not be searched, or links go in circles
     */
    public static Optional<Path> weakness(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        TrustedPath walk = new TrustedPath(absolute.getRoot());
        walk.begin(absolute);
        return walk.run();
    }

    private void begin(Path path) {
        if (path.isAbsolute()) {
            at = path.getRoot();
        }
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i));
        }
    }

    private Optional<Path> run() throws IOException {
        try {
            while (!rest.isEmpty()) {
                Path next = at.resolve(rest.pop());
                if (isWeak(next)) {
                    return Optional.of(next);
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private boolean isWeak(Path next) throws IOException {
        Map<String, Object> found = Files.readAttributes(next, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) Objects.requireNonNull(found.get("mode"));
        if (!trusted.contains((int) Objects.requireNonNull(found.get("uid")))) {
            return true;
        }
        if ((mode & TYPE) == LINK) {
            follow(next);
            return false;
        }
        at = next;
        return !rest.isEmpty() && (mode & TYPE) == DIRECTORY && isOpenToOthers(mode);
    }

    /** In a sticky one, as {@code /tmp}, an entry can be exchanged by its owner alone. */
    private static boolean isOpenToOthers(int mode) {
        return isWritableByOthers(mode) && (mode & STICKY) == 0;
    }

    static boolean isWritableByOthers(int mode) {
        return (mode & WRITABLE_BY_OTHERS) != 0;
    }

    private void follow(Path link) throws IOException {
        links++;
        if (links > MOST_LINKS) {
            throw new FileSystemLoopException(link.toString());
        }
        begin(Files.readSymbolicLink(link));
    }
}
