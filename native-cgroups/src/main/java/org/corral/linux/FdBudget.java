package org.corral.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.corral.core.Rlimit;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process below its limit of descriptors: what is {@link Kept} gives way to what must stay open. Thread-safe.
 *
 * <p>How many are open is not counted: the kernel always gives the lowest free number (open(2)), so a number of 5,000 says that
 * 5,000 others are open, those of the rest of the JVM too. A number from the ceiling on means that something is to be closed.
 *
 * <p>What asks is kept in place of another only if it was itself used since the other was. To close whatever was not used for
 * longest would serve worst the very reader this is for, who comes to all of them in turn: each would be closed shortly
 * before it is read again. As it is, some stay open for good and the rest is opened each time. To look at all for each that asks would
 * cost more than to open it, so a hand goes round and looks at a few.
 */
public final class FdBudget {

    private static final Logger LOG = LoggerFactory.getLogger(FdBudget.class);

    /** Where nothing else is known: what POSIX systems begin with. */
    private static final long CAUTIOUS_LIMIT = 1024;

    private static final int LOOKS = 16;

    /** A launch needs several at once. */
    private static final int ROOM = 32;

    /** More free numbers than what gave way leaves at any moment. */
    private static final int MORE_THAN_GAPS = 2 * ROOM;

    private final Probe probe;
    private final int ceiling;
    private final int room;
    private final int scarce;
    private final List<Kept> all = new ArrayList<>();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean gapsAreLikely;
    private int hand;
    private long uses;

    /**
     * Keeps nothing yet.
     *
     * @param limit the process's, above 0: an eighth of it is left free
     * @param probe tells which numbers are free
     */
    public FdBudget(long limit, Probe probe) {
        this.probe = probe;
        this.ceiling = (int) Math.min(Integer.MAX_VALUE, limit - limit / 8);
        this.room = (int) Math.min(ROOM, Math.max(1, limit / 16));
        this.scarce = (int) Math.min(Integer.MAX_VALUE, limit / 2);
    }

    /**
     * {@return the budget of this process} Its soft limit is raised to the hard one: the usual soft one of 1,024 is there for
     * programs that use select(2).
     */
    public static FdBudget ofThisProcess(Syscalls syscalls) {
        return new FdBudget(raisedLimit(syscalls.processes()), count -> free(syscalls, count));
    }

    /** {@return one that keeps everything} */
    public static FdBudget unlimited() {
        return new FdBudget(Integer.MAX_VALUE, count -> 0);
    }

    private static long raisedLimit(ProcessCalls processes) {
        try {
            Rlimit.Limits limits = processes.limits(processes.pid(), Rlimit.NOFILE);
            long hard = limits.hard() == Rlimit.UNLIMITED ? Integer.MAX_VALUE : limits.hard();
            return limits.soft() == limits.hard() || isRaised(processes, limits.hard()) ? hard : limits.soft();
        } catch (ErrnoException e) {
            LOG.warn("the limit of descriptors is not known, {} is assumed: {}", CAUTIOUS_LIMIT, e.getMessage());
            return CAUTIOUS_LIMIT;
        }
    }

    private static boolean isRaised(ProcessCalls processes, long hard) {
        try {
            processes.setLimits(processes.pid(), Rlimit.NOFILE, new Rlimit.Limits(hard, hard));
            return true;
        } catch (ErrnoException e) {
            LOG.warn("the limit of descriptors stays what it is: {}", e.getMessage());
            return false;
        }
    }

    private static int free(Syscalls syscalls, int count) throws ErrnoException {
        int[] probes = new int[count];
        int opened = 0;
        try {
            while (opened < count) {
                probes[opened] = syscalls.events().eventFd();
                opened++;
            }
            return probes[count - 1];
        } finally {
            while (opened > 0) {
                opened--;
                syscalls.files().close(probes[opened]);
            }
        }
    }

    /**
     * {@return whether half of the limit is used: what can do with fewer descriptors should} What has given way leaves gaps
     * among the lower numbers, so from then on one free number is not enough to tell.
     */
    public boolean isScarce() {
        if (free(1) >= scarce) {
            return true;
        }
        gapsAreLikely = gapsAreLikely && free(MORE_THAN_GAPS) >= scarce;
        return gapsAreLikely;
    }

    /** Closes what is kept if need be, so that some can be opened that stay open, or that are worth to be kept themselves. */
    public void makeRoom() {
        if (gapsAreLikely ? free(room) >= ceiling : free(1) > ceiling - room) {
            gapsAreLikely = true;
            for (int closed = 0; closed < ROOM && closeOneOlderThan(Long.MAX_VALUE); ) {
                closed++;
            }
        }
    }

    /** {@return the last of so many free numbers; without one (EMFILE, ENFILE) none could be higher} */
    private int free(int count) {
        try {
            return probe.free(count);
        } catch (ErrnoException e) {
            LOG.debug("no descriptor is free", e);
            return Integer.MAX_VALUE;
        }
    }

    /** {@return how many pieces are kept open} */
    public int kept() {
        synchronized (all) {
            return all.size();
        }
    }

    /** {@return how often something that was kept gave way} */
    public long givenUp() {
        return givenUp.sum();
    }

    /** {@return how often something was opened for one use alone} */
    public long refused() {
        return refused.sum();
    }

    /**
     * {@return the number of this use: what was used before has a lower one} It need not be exact: threads race for it, and two that
     * got the same are taken for equally old.
     */
    long tick() {
        return ++uses;
    }

    /**
     * {@return whether it may stay open after its use} Not with a number from the ceiling on: the lower one of what gave way for
     * it is had the next time, else the numbers above the ceiling would fill up with what stays.
     */
    boolean admit(Kept kept, int newest, long usedBefore) {
        if (newest >= ceiling) {
            refused.increment();
            gapsAreLikely = true;
            closeOneOlderThan(usedBefore);
            return false;
        }
        synchronized (all) {
            kept.place = all.size();
            all.add(kept);
        }
        return true;
    }

    private boolean closeOneOlderThan(long use) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<Kept> next = next();
            if (next.isPresent() && next.get().isOlderThan(use) && next.get().giveUp()) {
                givenUp.increment();
                return true;
            }
        }
        return false;
    }

    private Optional<Kept> next() {
        synchronized (all) {
            hand = hand + 1 < all.size() ? hand + 1 : 0;
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(hand));
        }
    }

    /** It is closed next. The last takes its place. */
    void forget(Kept kept) {
        synchronized (all) {
            Kept last = all.remove(all.size() - 1);
            if (last != kept) {
                all.set(kept.place, last);
                last.place = kept.place;
            }
        }
    }

    /** Tells which numbers are free. */
    @FunctionalInterface
    public interface Probe {
        /**
         * {@return the number that a descriptor gets now, if others get the ones before}
         *
         * @param count which one: 1 for the next
         * @throws ErrnoException EMFILE or ENFILE if there are not so many
         */
        int free(int count) throws ErrnoException;
    }
}
