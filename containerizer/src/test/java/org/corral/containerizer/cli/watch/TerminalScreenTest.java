package org.corral.containerizer.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.TerminalCalls;
import org.corral.linux.raw.TerminalModes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalScreenTest {

    private static final byte[] COOKED = new byte[60];

    private final List<byte[]> modes = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TerminalCalls.WindowSize size = new TerminalCalls.WindowSize(3, 20);

    private TerminalScreen open(InputStream in, String type) throws Exception {
        return TerminalScreen.open(new OneTerminal(), in, out, type);
    }

    private TerminalScreen open(String typed) throws Exception {
        return open(new ByteArrayInputStream(typed.getBytes(StandardCharsets.US_ASCII)), "xterm");
    }

    private String written() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "screen-256color", "no-such-type"})
    void openAndClose_anyType_takesTheTerminalAndGivesItBackAsItWas(String type) throws Exception {
        TerminalScreen screen = open(InputStream.nullInputStream(), type);
        assertThat(modes).hasSize(1);
        assertThat(modes.get(0)).isEqualTo(TerminalModes.keyByKey(COOKED));
        assertThat(written()).contains("\u001b[?1049h", "\u001b[?25l");

        screen.close();
        assertThat(modes).hasSize(2);
        assertThat(modes.get(1)).isEqualTo(COOKED);
        assertThat(written()).contains("\u001b[?1049l");
    }

    @Test
    void open_noTerminal_throwsItAndWritesNothing() {
        TerminalCalls none = new OneTerminal() {
            @Override
            public byte[] modes(int fd) throws ErrnoException {
                throw new ErrnoException("tcgetattr", new Errno(25), "fd " + fd);
            }
        };

        assertThatThrownBy(() -> TerminalScreen.open(none, InputStream.nullInputStream(), out, "xterm"))
                .hasMessageContaining("tcgetattr");
        assertThat(written()).isEmpty();
    }

    @Test
    void show_again_writesWhatChangedAlone() throws Exception {
        TerminalScreen screen = open("");
        screen.show(screen.size(), List.of("first", "second"), 1);
        assertThat(written()).contains("first", "econd");

        screen.show(screen.size(), List.of("first", "secant"), 1);

        assertThat(written()).contains("ant").doesNotContain("first");
    }

    @Test
    void show_resized_writesAllAnew() throws Exception {
        TerminalScreen screen = open("");
        screen.show(screen.size(), List.of("first"), 0);
        written();
        size = new TerminalCalls.WindowSize(5, 40);

        screen.show(screen.size(), List.of("first"), 1);

        assertThat(screen.size()).isEqualTo(new Screen.Size(5, 40));
        assertThat(written()).contains("first");
    }

    @Test
    void size_terminalWasNotTold_isTheUsual() throws Exception {
        size = new TerminalCalls.WindowSize(0, 0);

        assertThat(open("").size()).isEqualTo(new Screen.Size(24, 80));
    }

    @Test
    void read_typed_isTheKeyAndAfterTheTerminalHasGoneTheEnd() throws Exception {
        TerminalScreen screen = open("q");

        assertThat(screen.read(Duration.ofMinutes(1))).isEqualTo('q');
        assertThat(screen.read(Duration.ofMinutes(1))).isEqualTo(Screen.END);
    }

    @Test
    void read_nothingTyped_isNoKey() throws Exception {
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                long began = System.nanoTime();
                while (System.nanoTime() - began < Duration.ofMillis(30).toNanos()) {
                    Thread.onSpinWait();
                }
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                return read();
            }
        };

        assertThat(open(slow, "xterm").read(Duration.ofMillis(1))).isEqualTo(Screen.NONE);
    }

    private class OneTerminal implements TerminalCalls {

        @Override
        public byte[] modes(int fd) throws ErrnoException {
            return COOKED.clone();
        }

        @Override
        public void setModes(int fd, byte[] wanted) {
            modes.add(wanted);
        }

        @Override
        public WindowSize windowSize(int fd) {
            return size;
        }

        @Override
        public void ignore(int signal) {
            throw new UnsupportedOperationException();
        }
    }
}
