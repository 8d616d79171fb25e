package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {

    @Test
    void ofWaitStatus_asWaitMacrosReadIt() {
        assertThat(ExitStatus.ofWaitStatus(0)).isEqualTo(new ExitStatus.Exited(0));
        assertThat(ExitStatus.ofWaitStatus(0x0700)).isEqualTo(new ExitStatus.Exited(7));
        assertThat(ExitStatus.ofWaitStatus(0xff00)).isEqualTo(new ExitStatus.Exited(255));
        assertThat(ExitStatus.ofWaitStatus(9)).isEqualTo(new ExitStatus.Signaled(9));
        assertThat(ExitStatus.ofWaitStatus(0x80 | 11)).as("with a core").isEqualTo(new ExitStatus.Signaled(11));
    }

    @Test
    void ofWaitStatus_stopped_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExitStatus.ofWaitStatus(0x137f));
    }

    @Test
    void exited_code_isTheShellsToo() {
        ExitStatus status = new ExitStatus.Exited(7);
        assertThat(status.shellCode()).isEqualTo(7);
        assertThat(status.isSuccess()).isFalse();
        assertThat(status).hasToString("exit code 7");
    }

    @Test
    void exited_zero_isSuccess() {
        assertThat(new ExitStatus.Exited(0).isSuccess()).isTrue();
    }

    @Test
    void signaled_signal_is128AndItToAShell() {
        ExitStatus status = new ExitStatus.Signaled(9);
        assertThat(status.shellCode()).isEqualTo(137);
        assertThat(status.isSuccess()).isFalse();
        assertThat(status).hasToString("signal 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void exited_outOfRange_refused(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExitStatus.Exited(code))
                .withMessageContaining("exit code " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -9, 65})
    void signaled_outOfRange_refused(int signal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExitStatus.Signaled(signal))
                .withMessageContaining("signal " + signal);
    }
}
