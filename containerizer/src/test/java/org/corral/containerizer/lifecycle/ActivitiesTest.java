package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.corral.containerizer.lifecycle.Activities.Note;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a note is held, not called
class ActivitiesTest {

    private static final ContainerId ID = ContainerId.of("c");

    private final Activities activities = new Activities();

    @Test
    void begin_untilClosed_isToldOfThatContainerAlone() {
        try (Note note = activities.begin(ID, "prepare of a")) {
            assertThat(activities.of(ID)).contains("prepare of a");
            assertThat(activities.of(ContainerId.of("other"))).isEmpty();
        }
        assertThat(activities.of(ID)).isEmpty();
    }

    @Test
    void forget_container_hasNothingToTell() {
        Note note = activities.begin(ID, "cleanup of a");
        activities.forget(ID);
        note.close();

        assertThat(activities.of(ID)).isEmpty();
    }

    @Test
    void begin_againAndAgain_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        noteOften(1);
        long before = threads.getCurrentThreadAllocatedBytes();
        long measuring = threads.getCurrentThreadAllocatedBytes() - before;

        noteOften(10_000);

        long allocated = threads.getCurrentThreadAllocatedBytes() - before - 2 * measuring;
        assertThat(allocated).isLessThan(10_000);
    }

    private void noteOften(int times) {
        for (int i = 0; i < times; i++) {
            try (Note note = activities.begin(ID, "usage of a")) {
                assert note != null;
            }
        }
    }
}
