package org.corral.linux.disk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EntryStatus;
import org.corral.linux.raw.TreeCalls;

/**
 * One walk. Confined to one thread.
 *
 * <p>One directory is open at a time, the one it stands in. Back it goes by {@code ..}, and looks at the inode whether it has
 * come to where it was before; if not, because somebody moved a directory, it goes down again from the top by the names it
 * came by, as far as they still lead to the same directories.
 */
final class DiskWalkRun implements AutoCloseable {

    private static final int BLOCK_BYTES = 512;
    private static final byte[] UP = "..".getBytes(StandardCharsets.US_ASCII);

    private final TreeCalls calls;
    private final String top;
    private final List<Level> levels = new ArrayList<>();
    private final Set<Long> severalNames = new HashSet<>();
    private int here = -1;
    private long device;
    private long blocks;
    private long unreadable;

    DiskWalkRun(TreeCalls calls, String top) {
        this.calls = calls;
        this.top = top;
    }

    DiskUse run() throws IOException {
        here = calls.open(top);
        EntryStatus status = calls.status(here);
        device = status.device();
        blocks = status.blocks();
        enter(new byte[0], status.inode());
        while (!levels.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while " + top + " was measured");
            }
            step(levels.get(levels.size() - 1));
        }
        return new DiskUse(blocks * BLOCK_BYTES, unreadable);
    }

    private void step(Level level) throws ErrnoException {
        byte[] next = level.below.poll();
        if (next != null) {
            goDown(next);
        } else {
            levels.remove(levels.size() - 1);
            if (!levels.isEmpty()) {
                goUp();
            }
        }
    }

    /** Opening fails with ENOTDIR for what has become a link. */
    private void goDown(byte[] name) throws ErrnoException {
        int below;
        try {
            below = calls.openBelow(here, name);
        } catch (ErrnoException e) {
            passOver(e);
            return;
        }
        EntryStatus status = standIn(below);
        if (status.device() == device) {
            enter(name, status.inode());
        } else {
            goUp();
        }
    }

    private EntryStatus standIn(int directory) throws ErrnoException {
        leave();
        here = directory;
        return calls.status(directory);
    }

    private void passOver(ErrnoException e) throws ErrnoException {
        if (e.is(Errno.EACCES)) {
            unreadable++;
        } else if (!e.is(Errno.ENOENT) && !e.is(Errno.ENOTDIR) && !e.is(Errno.ELOOP)) {
            throw e;
        }
    }

    private void enter(byte[] name, long inode) throws ErrnoException {
        Level level = new Level(name, inode);
        levels.add(level);
        try {
            calls.visit(here, (entry, status) -> count(level, entry, status));
        } catch (ErrnoException e) {
            passOver(e);
        }
    }

    private void count(Level level, byte[] name, EntryStatus status) {
        if (status.device() != device) {
            return;
        }
        if (status.isDirectory()) {
            level.below.add(name);
        } else if (status.links() > 1 && !severalNames.add(status.inode())) {
            return;
        }
        blocks += status.blocks();
    }

    private void goUp() throws ErrnoException {
        Level above = levels.get(levels.size() - 1);
        try {
            EntryStatus found = standIn(calls.openBelow(here, UP));
            if (found.inode() == above.inode && found.device() == device) {
                return;
            }
        } catch (ErrnoException e) {
            passOver(e);
        }
        comeDownAgain();
    }

    /** Gives up the levels that the names do not lead to any more, with what they have not been asked for yet. */
    private void comeDownAgain() throws ErrnoException {
        EntryStatus found = standIn(calls.open(top));
        if (found.inode() != levels.get(0).inode || found.device() != device) {
            throw new ErrnoException("open", Errno.ENOENT, top + ", which is another directory now");
        }
        for (int depth = 1; depth < levels.size(); depth++) {
            if (!isStillBelow(levels.get(depth))) {
                levels.subList(depth, levels.size()).clear();
            }
        }
    }

    private boolean isStillBelow(Level level) throws ErrnoException {
        int below;
        try {
            below = calls.openBelow(here, level.name);
        } catch (ErrnoException e) {
            passOver(e);
            return false;
        }
        EntryStatus found = calls.status(below);
        if (found.inode() == level.inode && found.device() == device) {
            leave();
            here = below;
            return true;
        }
        calls.close(below);
        return false;
    }

    private void leave() throws ErrnoException {
        int left = here;
        here = -1;
        calls.close(left);
    }

    @Override
    public void close() {
        try {
            if (here >= 0) {
                leave();
            }
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory on the way from the top to where the walk stands. */
    private static final class Level {
        private final byte[] name;
        private final long inode;
        private final Deque<byte[]> below = new ArrayDeque<>();

        Level(byte[] name, long inode) {
            this.name = name;
            this.inode = inode;
        }
    }
}
