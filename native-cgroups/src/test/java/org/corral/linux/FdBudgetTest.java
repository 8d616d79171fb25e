package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;

class FdBudgetTest {

    /** 16 numbers, of which 14 are below the ceiling. */
    private static final int LIMIT = 16;

    private static final int CEILING = 14;

    private final Set<Integer> open = new ConcurrentSkipListSet<>();
    private final FdBudget budget = new FdBudget(LIMIT, this::free);

    private synchronized int free(int count) throws ErrnoException {
        int left = count;
        for (int number = 0; number < LIMIT; number++) {
            if (!open.contains(number) && --left == 0) {
                return number;
            }
        }
        throw new ErrnoException("eventfd", Errno.EMFILE, "");
    }

    private synchronized int take() throws ErrnoException {
        int number = free(1);
        open.add(number);
        return number;
    }

    private synchronized void give(int number) {
        assertThat(open.remove(number)).as("closed once").isTrue();
    }

    /** One descriptor that is kept. */
    private final class One extends Kept {

        private int number = -1;
        private int opened;

        One() {
            this(budget);
        }

        One(FdBudget another) {
            super(another);
        }

        @Override
        protected int open() throws ErrnoException {
            number = take();
            opened++;
            return number;
        }

        @Override
        protected void letGo() {
            give(number);
            number = -1;
        }

        void use() throws ErrnoException {
            hold();
            assertThat(open).contains(number);
            release();
        }

        boolean isKept() {
            return number >= 0;
        }

        @Override
        public String toString() {
            return "one";
        }
    }

    private List<One> used(int count) throws ErrnoException {
        List<One> all = new ArrayList<>();
        for (int time = 0; time < count; time++) {
            One one = new One();
            one.use();
            all.add(one);
        }
        return all;
    }

    @Test
    void hold_belowTheCeiling_isOpenedOnceAndKept() throws Exception {
        One one = new One();

        one.use();
        one.use();

        assertThat(one.opened).isEqualTo(1);
        assertThat(one.isKept()).isTrue();
        assertThat(budget.kept()).isEqualTo(1);
    }

    @Test
    void hold_atTheCeiling_theFirstUseTakesNobodysPlace() throws Exception {
        List<One> kept = used(CEILING);
        One late = new One();

        late.use();

        assertThat(late.isKept()).isFalse();
        assertThat(kept).allMatch(One::isKept);
        assertThat(budget.refused()).isEqualTo(1);
        assertThat(open).hasSize(CEILING);
    }

    @Test
    void hold_usedAgainSinceAnotherWas_hasItsPlaceTheNextTime() throws Exception {
        List<One> kept = used(CEILING);
        One late = new One();
        late.use();

        late.use();
        late.use();

        assertThat(late.isKept()).isTrue();
        assertThat(open).hasSize(CEILING);
        assertThat(kept).filteredOn(One::isKept).hasSize(CEILING - 1);
        assertThat(budget.givenUp()).isEqualTo(1);
    }

    @Test
    void hold_allInTurn_thoseThatStayOpenStay() throws Exception {
        List<One> all = used(2 * CEILING);
        for (int pass = 1; pass <= 3; pass++) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).use();
            }
        }

        assertThat(all.subList(0, CEILING)).allMatch(One::isKept).allMatch(one -> one.opened == 1);
        assertThat(all.subList(CEILING, all.size())).allMatch(one -> one.opened == 4);
    }

    @Test
    void hold_heldByAnother_isNotGivenUp() throws Exception {
        List<One> kept = used(CEILING);
        for (One one : kept) {
            one.hold();
        }
        One late = new One();
        late.use();
        late.use();
        late.use();

        assertThat(kept).allMatch(One::isKept);
        kept.forEach(Kept::release);
    }

    @Test
    void makeRoom_atTheCeiling_closesWhatIsKept() throws Exception {
        used(CEILING);

        budget.makeRoom();

        assertThat(open).isEmpty();
        assertThat(budget.kept()).isZero();
    }

    @Test
    void makeRoom_noneIsFreeAtAll_closesWhatIsKept() throws Exception {
        used(CEILING - 1);
        while (open.size() < LIMIT) {
            take();
        }

        budget.makeRoom();

        assertThat(open).hasSize(LIMIT - CEILING + 1);
    }

    @Test
    void makeRoom_gapsBelowTheCeilingButNotEnough_closesWhatIsKept() throws Exception {
        int[] free = {860, 0};
        FdBudget large = new FdBudget(1000, count -> count == 1 ? free[0] : free[1]);
        One one = new One(large);
        one.use();
        large.makeRoom();
        assertThat(one.isKept()).as("there were not 32 below the ceiling").isFalse();
        one.use();
        free[0] = 3;

        free[1] = 875;
        large.makeRoom();
        assertThat(one.isKept()).as("nor among the gaps").isFalse();

        one.use();
        free[1] = 874;
        large.makeRoom();
        assertThat(one.isKept()).isTrue();
        one.close();
    }

    @Test
    void makeRoom_belowTheCeiling_closesNothing() throws Exception {
        used(CEILING - 1);

        budget.makeRoom();

        assertThat(budget.kept()).isEqualTo(CEILING - 1);
    }

    @Test
    void isScarce_fromHalfTheLimitOn() throws Exception {
        used(LIMIT / 2 - 1);
        assertThat(budget.isScarce()).isFalse();

        take();

        assertThat(budget.isScarce()).isTrue();
    }

    /** What was closed for others leaves low numbers free; what stays open has the high ones. */
    @Test
    void isScarce_whatGaveWayLeftGaps_allTheSame() throws Exception {
        FdBudget large = new FdBudget(1000, count -> count + 10 + (count > 40 ? 600 : 0));
        assertThat(large.isScarce()).as("nothing gave way yet").isFalse();

        large.admit(new One(), 900, 0);

        assertThat(large.isScarce()).isTrue();
        assertThat(large.isScarce()).isTrue();
    }

    @Test
    void isScarce_gaveWayAndMuchWasClosedSince_notAnyMore() {
        int[] lowest = {900};
        FdBudget large = new FdBudget(1000, count -> lowest[0] + count);
        large.makeRoom();
        assertThat(large.isScarce()).isTrue();

        lowest[0] = 100;

        assertThat(large.isScarce()).isFalse();
    }

    @Test
    void close_closesItAndItCannotBeUsedAnyMore() throws Exception {
        One one = new One();
        one.use();

        one.close();
        one.close();

        assertThat(open).isEmpty();
        assertThat(budget.kept()).isZero();
        assertThat(one.isOpen()).isFalse();
        assertThatThrownBy(() -> one.hold())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one is closed");
    }

    @Test
    void close_whileHeld_closesAtTheRelease() throws Exception {
        One one = new One();
        one.hold();

        one.close();
        assertThat(open).hasSize(1);
        assertThatThrownBy(() -> one.hold()).isInstanceOf(IllegalStateException.class);
        one.release();

        assertThat(open).isEmpty();
    }

    @Test
    void hold_openFails_nothingIsHeldAndTheNextMaySucceed() throws Exception {
        while (open.size() < LIMIT) {
            take();
        }
        One one = new One();
        assertThatThrownBy(() -> one.hold()).isInstanceOf(ErrnoException.class);
        give(3);

        one.use();

        assertThat(one.opened).isEqualTo(1);
    }

    @Test
    void hold_noneIsFree_othersGiveWay() throws Exception {
        List<One> kept = used(CEILING);
        while (open.size() < LIMIT) {
            take();
        }
        One late = new One();

        late.use();

        assertThat(late.opened).isEqualTo(1);
        assertThat(kept).noneMatch(One::isKept);
    }

    @Test
    void begin_belowTheCeiling_staysOpen() throws Exception {
        One one = new One();
        one.begin(one.open());

        one.use();

        assertThat(one.opened).isEqualTo(1);
        assertThat(budget.kept()).isEqualTo(1);
    }

    @Test
    void begin_atTheCeiling_notOpenUntilItIsUsed() throws Exception {
        used(CEILING);
        for (int i = 0; i < LIMIT; i++) {
            One unused = new One();
            unused.begin(unused.open());
        }
        One late = new One();
        late.begin(late.open());

        late.use();

        assertThat(late.opened).isEqualTo(2);
        assertThat(late.isKept()).isFalse();
        assertThat(open).hasSize(CEILING);
    }

    @Test
    void begin_closedBeforeAnyUse_isClosed() throws Exception {
        One one = new One();
        one.begin(one.open());

        one.close();

        assertThat(open).isEmpty();
        assertThat(budget.kept()).isZero();
    }

    @Test
    void hold_manyThreadsAndFewDescriptors_noneIsUsedClosedOrClosedTwice() throws Exception {
        List<One> all = new ArrayList<>();
        for (int i = 0; i < 3 * CEILING; i++) {
            all.add(new One());
        }
        ExecutorService threads = Executors.newFixedThreadPool(2); // the transient ones stay within the limit
        try {
            List<Callable<Void>> work = List.of(() -> useAll(all, 1), () -> useAll(all, 5));
            for (Future<Void> one : threads.invokeAll(work)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        all.forEach(Kept::close);
        assertThat(open).isEmpty();
        assertThat(budget.kept()).isZero();
    }

    private static Void useAll(List<One> all, int step) throws ErrnoException {
        for (int i = 0; i < 20_000; i++) {
            all.get(i * step % all.size()).use();
        }
        return null;
    }
}
