package org.corral.testing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * The calls that a fake kernel got, and what is to go wrong with the next ones. A call is named as in its errors
 * ({@code openat2}, {@code mkdirat}, {@code rmdir}, {@code write}); its subject is a path, of a write also the data.
 */
public final class FakeCalls {

    private final List<String> recorded = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();

    /** Makes the next call whose subject has the fragment fail. */
    public synchronized void failNext(String call, String fragment, Errno errno) {
        failNext(call, fragment, errno, 1);
    }

    /** Makes the next such calls fail. */
    public synchronized void failNext(String call, String fragment, Errno errno, int times) {
        plans.add(new Plan(call, fragment, times, subject -> {
            throw new ErrnoException(call, errno, subject);
        }));
    }

    /** Forgets all failures that were planned and have not happened. */
    public synchronized void failNoMore() {
        plans.clear();
    }

    /** Does something right before the next such call: what another process might do just then. */
    public synchronized void before(String call, String fragment, Runnable interference) {
        plans.add(new Plan(call, fragment, 1, subject -> interference.run()));
    }

    /** {@return all calls so far, as {@code write(/sys/fs/cgroup/cpu/a/cpu.shares, "2")}} */
    public synchronized List<String> recorded() {
        return List.copyOf(recorded);
    }

    /** {@return the calls of one name so far} */
    public List<String> recorded(String call) {
        return recorded().stream().filter(one -> one.startsWith(call + "(")).toList();
    }

    /** Forgets the calls so far. */
    public synchronized void clear() {
        recorded.clear();
    }

    /** {@return whether every planned failure has happened} */
    public synchronized boolean allPlansDone() {
        return plans.isEmpty();
    }

    synchronized void enter(String call, String subject) throws ErrnoException {
        recorded.add(call + "(" + subject + ")");
        Plan due = takeDue(call, subject);
        if (due != null) {
            due.effect.happen(subject);
        }
    }

    private Plan takeDue(String call, String subject) {
        for (Iterator<Plan> all = plans.iterator(); all.hasNext(); ) {
            Plan plan = all.next();
            if (plan.call.equals(call) && subject.contains(plan.fragment)) {
                plan.left--;
                if (plan.left == 0) {
                    all.remove();
                }
                return plan;
            }
        }
        return null;
    }

    private interface Effect {
        void happen(String subject) throws ErrnoException;
    }

    private static final class Plan {
        private final String call;
        private final String fragment;
        private final Effect effect;
        private int left;

        Plan(String call, String fragment, int left, Effect effect) {
            this.call = call;
            this.fragment = fragment;
            this.left = left;
            this.effect = effect;
        }
    }
}
