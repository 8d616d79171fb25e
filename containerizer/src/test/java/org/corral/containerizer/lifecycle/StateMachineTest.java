package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.corral.core.ContainerState.DESTROYING;
import static org.corral.core.ContainerState.ISOLATING;
import static org.corral.core.ContainerState.PREPARING;
import static org.corral.core.ContainerState.RUNNING;
import static org.corral.core.ContainerState.STARTING;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.corral.core.ContainerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateMachineTest {

    private static final Map<ContainerState, Set<ContainerState>> ALLOWED = Map.of(
            STARTING, Set.of(PREPARING, DESTROYING),
            PREPARING, Set.of(ISOLATING, DESTROYING),
            ISOLATING, Set.of(RUNNING, DESTROYING),
            RUNNING, Set.of(DESTROYING),
            DESTROYING, Set.of());

    static Stream<Arguments> everyPair() {
        return Arrays.stream(ContainerState.values())
                .flatMap(from -> Arrays.stream(ContainerState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void advance_everyPair_isAllowedAsTheTableSays(ContainerState from, ContainerState to) {
        StateMachine machine = new StateMachine(from);
        boolean allowed = ALLOWED.getOrDefault(from, Set.of()).contains(to);

        assertThat(machine.advance(to)).isEqualTo(allowed);

        assertThat(machine.state()).isEqualTo(allowed ? to : from);
        assertThat(machine.since()).isNotNull();
    }

    @Test
    void spentIn_stagesThatWereEnteredAndOthers_isTheTimeBetweenThem() throws Exception {
        StateMachine machine = new StateMachine(STARTING);
        machine.advance(PREPARING);
        Thread.sleep(2);
        machine.advance(DESTROYING);
        Duration preparing = machine.spentIn(PREPARING);
        Thread.sleep(2);

        assertThat(preparing).isGreaterThanOrEqualTo(Duration.ofMillis(2));
        assertThat(machine.spentIn(PREPARING)).isEqualTo(preparing);
        assertThat(machine.spentIn(ISOLATING)).isZero();
        assertThat(machine.spentIn(DESTROYING)).isGreaterThanOrEqualTo(Duration.ofMillis(2));
    }

    @Test
    void reached_beforeAndAfterItsEndBegan_isTheLastStageOfItsLife() {
        StateMachine machine = new StateMachine(STARTING);
        assertThat(machine.reached()).isEqualTo(STARTING);
        machine.advance(PREPARING);
        machine.advance(DESTROYING);

        assertThat(machine.reached()).isEqualTo(PREPARING);
    }
}
