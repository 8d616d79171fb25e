package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.junit.jupiter.api.Test;

class PressureLevelsV1Test {

    private final CapturedNotifications notifications = new CapturedNotifications();
    private final List<PressureLevel> told = new ArrayList<>();
    private final PressureLevelsV1 levels = new PressureLevelsV1((level, counts) -> told.add(level));

    @Test
    void notified_isCountedAndTold() {
        levels.listen(notifications.without(MemoryNotice.MEDIUM));

        notifications.fire(MemoryNotice.LOW, 1);
        notifications.fire(MemoryNotice.CRITICAL, 2);
        notifications.fire(MemoryNotice.LOW, 1);

        assertThat(told).containsExactly(PressureLevel.LOW, PressureLevel.CRITICAL, PressureLevel.LOW);
        assertThat(levels.usage())
                .isEqualTo(new PressureUsage(OptionalLong.of(2), OptionalLong.empty(), OptionalLong.of(2)));
    }

    @Test
    void listensToNothing_isAbsent() {
        assertThat(levels.usage())
                .isEqualTo(new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }
}
