package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostTest {

    @Test
    void callers_localeChangedByLauncher_givenBack() {
        assertThat(Host.callers(Map.of("A", "1", "LC_ALL", "C.UTF-8", "CORRAL_CALLERS_LC_ALL", "C")))
                .isEqualTo(Map.of("A", "1", "LC_ALL", "C"));
    }

    @Test
    void callers_localeAddedByLauncher_removed() {
        assertThat(Host.callers(Map.of("A", "1", "LC_ALL", "C.UTF-8", "CORRAL_CALLERS_LC_ALL", "")))
                .isEqualTo(Map.of("A", "1"));
    }

    @Test
    void callers_localeNotTouched_stays() {
        assertThat(Host.callers(Map.of("LC_ALL", "de_DE.UTF-8"))).isEqualTo(Map.of("LC_ALL", "de_DE.UTF-8"));
    }
}
