package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorralOptionsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 1_000_001})
    void new_periodThatNoKernelTakes_isRefusedWithTheRange(long micros) {
        assertThatThrownBy(() -> options(micros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cpu period")
                .hasMessageContaining("1 ms to 1 s");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 100_000, 1_000_000})
    void new_periodInTheRange_isTaken(long micros) {
        assertThatCode(() -> options(micros)).doesNotThrowAnyException();
    }

    private static CorralOptions options(long micros) {
        return new CorralOptions(
                "auto",
                Isolation.AUTO,
                Path.of("/run/x"),
                DataSize.ofMebibytes(32),
                Duration.ofNanos(micros * 1000),
                List.of(),
                true);
    }
}
