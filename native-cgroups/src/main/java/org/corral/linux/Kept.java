package org.corral.linux;

import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * Descriptors that stay open between two uses because that is faster, and that can be closed and opened again at any time: an
 * {@link FdBudget} decides how long. Thread-safe.
 *
 * <p>The state is one number: how many use them, or why nobody can. To use open ones costs two changes of it and no lock. Who
 * closes them has set it from 0 to CLOSING, so nobody uses them then, and whoever wants to waits the moment that takes.
 */
public abstract class Kept implements AutoCloseable {

    private static final int UNUSED = 0;
    private static final int LET_GO = -1;
    private static final int CLOSING = -2;

    private final FdBudget budget;
    private final AtomicInteger users = new AtomicInteger(LET_GO);

    /** By the budget's count. A hint: who sees it late gives up what was just used, which is then opened once more. */
    private long lastUse = Long.MIN_VALUE;

    private volatile boolean admitted;
    private volatile boolean closed;

    /** Where it stands among those admitted; the budget's. */
    int place;

    /** Opens nothing yet. */
    protected Kept(FdBudget budget) {
        this.budget = budget;
    }

    /**
     * They are open already, and nobody uses them yet: to be called once, before {@link #hold} and anything else. They are closed
     * again if they may not stay open: thousands may come before the first is used.
     *
     * @param newest the highest of their numbers
     */
    protected final void begin(int newest) {
        admitted = budget.admit(this, newest, Long.MIN_VALUE);
        users.set(UNUSED);
        if (!admitted) {
            giveUp();
        }
    }

    /**
     * Opens them; called while nobody uses them.
     *
     * @return the highest of their numbers
     * @throws ErrnoException with none of them left open
     */
    protected abstract int open() throws ErrnoException;

    /** Closes them; called while nobody uses them. */
    protected abstract void letGo();

    /**
     * Holds them open, and opens them if they are not, until {@link #release}.
     *
     * @throws ErrnoException as {@link #open}
     * @throws IllegalStateException if this is closed
     */
    public final void hold() throws ErrnoException {
        long before = lastUse;
        lastUse = budget.tick();
        if (!join()) {
            reopen(before);
        }
    }

    /** Ends a use; each {@link #hold} that has returned is followed by one. */
    public final void release() {
        if (users.decrementAndGet() == UNUSED && (closed || !admitted)) {
            giveUp();
        }
    }

    /** {@return whether they are open and held} */
    private boolean join() {
        int now = users.get();
        while (now >= UNUSED && !closed) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
            now = users.get();
        }
        return false;
    }

    private synchronized void reopen(long usedBefore) throws ErrnoException {
        while (users.get() != LET_GO) {
            if (join()) {
                return; // another thread opened them
            }
            requireNotClosed();
            Thread.onSpinWait();
        }
        requireNotClosed();
        int newest = openWhateverItTakes();
        admitted = budget.admit(this, newest, usedBefore);
        users.set(UNUSED + 1);
    }

    /** Where no number is free, others that are kept give way. */
    private int openWhateverItTakes() throws ErrnoException {
        try {
            return open();
        } catch (ErrnoException e) {
            if (!e.is(Errno.EMFILE)) {
                throw e;
            }
            budget.makeRoom();
            return open();
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    /** {@return whether nobody has used them since, so that they can be given up for what was used then} */
    final boolean isOlderThan(long use) {
        return lastUse < use && users.get() == UNUSED;
    }

    /** {@return whether they are closed now; not if somebody uses them} */
    final boolean giveUp() {
        if (!users.compareAndSet(UNUSED, CLOSING)) {
            return false;
        }
        try {
            if (admitted) {
                budget.forget(this);
                admitted = false;
            }
            letGo();
        } finally {
            users.set(LET_GO);
        }
        return true;
    }

    /** Closes them for good, once nobody uses them any more. */
    @Override
    public final void close() {
        closed = true;
        giveUp();
    }

    /** {@return whether it has not been closed; its descriptors may be all the same} */
    public final boolean isOpen() {
        return !closed;
    }
}
