package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.TerminalCalls;
import org.corral.linux.raw.TerminalModes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal of this process. What is written to it is JLine's: it knows the sequences of each type of terminal, and writes what has
 * changed alone. Its modes are not: JLine's own way to set them runs stty(1), and the one by the C library forgets the line's speed,
 * which to a serial line means to hang up (termios(3), B0). Confined to one thread.
 *
 * <p>Ctrl-C and Ctrl-\\ are keys here and no signals: the JVM would print all of its threads into the table at the latter.
 */
public final class TerminalScreen implements Screen {

    private static final String COMMON = "xterm";
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    /** To find no key takes a tenth of a second, but on a terminal that is gone. */
    private static final long AT_ONCE_NANOS = Duration.ofMillis(20).toNanos();

    private final TerminalCalls calls;
    private final byte[] before;
    private final InputStream in;
    private final Terminal terminal;
    private final Display display;
    private Size shown = new Size(1, 1);

    private TerminalScreen(TerminalCalls calls, InputStream in, Terminal terminal) throws ErrnoException {
        this.calls = calls;
        this.before = calls.modes(STDIN);
        this.in = in;
        this.terminal = terminal;
        this.display = new Display(terminal, true);
    }

    /**
     * Takes the terminal: what it shows is put aside, and keys are not shown.
     *
     * @param in the standard input, a terminal
     * @param out the standard output, the same terminal
     * @param type what the variable TERM says
     * @throws IOException if it cannot be had
     */
    public static TerminalScreen open(TerminalCalls calls, InputStream in, OutputStream out, String type)
            throws IOException {
        Terminal writer =
                new DumbTerminal("corral", known(type), InputStream.nullInputStream(), out, StandardCharsets.UTF_8);
        TerminalScreen screen = new TerminalScreen(calls, in, writer);
        calls.setModes(STDIN, TerminalModes.keyByKey(screen.before));
        screen.put(Capability.enter_ca_mode, Capability.cursor_invisible);
        return screen;
    }

    /** {@return a type that JLine has a description of: for any other it would run infocmp(1)} */
    private static String known(String type) {
        String known = InfoCmp.getDefaultInfoCmp(type) == null ? COMMON : type;
        Optional.ofNullable(InfoCmp.getDefaultInfoCmp(known))
                .ifPresent(description -> InfoCmp.setLoadedInfoCmp(known, description));
        return known;
    }

    private void put(Capability... capabilities) {
        for (Capability capability : capabilities) {
            terminal.puts(capability);
        }
        terminal.flush();
    }

    @Override
    public Size size() throws IOException {
        TerminalCalls.WindowSize told = calls.windowSize(STDOUT);
        return Size.told(told.rows(), told.columns());
    }

    @Override
    public void show(Size size, List<String> lines, int emphasised) {
        if (!size.equals(shown)) {
            shown = size;
            display.resize(size.rows(), size.columns());
            display.clear();
        }
        List<AttributedString> styled = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            AttributedStyle style = line == emphasised ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
            styled.add(new AttributedString(lines.get(line), style));
        }
        display.update(styled, 0);
    }

    @Override
    public int read(Duration patience) throws IOException {
        long began = System.nanoTime();
        do {
            long asked = System.nanoTime();
            int key = in.read();
            if (key >= 0) {
                return key;
            }
            if (System.nanoTime() - asked < AT_ONCE_NANOS) {
                return END;
            }
        } while (System.nanoTime() - began < patience.toNanos());
        return NONE;
    }

    @Override
    public void close() throws IOException {
        try {
            put(Capability.cursor_normal, Capability.exit_ca_mode);
            terminal.close();
        } finally {
            calls.setModes(STDIN, before);
        }
    }
}
