package org.corral.containerizer.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static int key(String typed) throws Exception {
        return new Keys(new FakeScreen().type(typed)).next(Duration.ofMillis(100));
    }

    @Test
    void next_character_isItself() throws Exception {
        assertThat(key("m")).isEqualTo('m');
    }

    @Test
    void next_arrow_isOneKey() throws Exception {
        assertThat(key("\u001b[C")).isEqualTo(Keys.RIGHT);
        assertThat(key("\u001b[D")).isEqualTo(Keys.LEFT);
        assertThat(key("\u001bOD")).isEqualTo(Keys.LEFT);
        assertThat(key("\u001b[A")).isEqualTo(Screen.NONE);
    }

    @Test
    void next_escapeAlone_isNoKey() throws Exception {
        Keys keys = new Keys(new FakeScreen().type("\u001b").then(() -> {}).type("q"));

        assertThat(keys.next(Duration.ofMillis(100))).isEqualTo(Screen.NONE);
        assertThat(keys.next(Duration.ofMillis(100))).isEqualTo('q');
    }

    @Test
    void next_terminalGoesWithinAnArrow_isTheEnd() throws Exception {
        assertThat(Keys.isEnd(key("\u001b"))).isTrue();
        assertThat(Keys.isEnd(key("\u001b["))).isTrue();
    }

    @Test
    void isEnd_keys_qAndCtrlCAndNoTerminal() {
        assertThat(List.of((int) 'q', 3, Screen.END)).allMatch(Keys::isEnd);
        assertThat(List.of((int) 'c', Screen.NONE, Keys.LEFT)).noneMatch(Keys::isEnd);
    }
}
