package org.corral.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.testing.Background;

/** A command at a pseudo-terminal of its own, and somebody who types. */
final class TerminalSession {

    /**
     * Gives a command a terminal, hands on what it writes, and does what is asked for: a key, a size, or a signal. At the end it tells on
     * standard error whether the terminal is as it was.
     */
    private static final String PROGRAM =
            """
            import fcntl, os, pty, select, struct, sys, termios
            master, slave = pty.openpty()
            def resize(rows, columns):
                fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
            resize(*sys.argv[1].split("x"))
            before = termios.tcgetattr(slave)
            pid = os.fork()
            if pid == 0:
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for fd in range(3):
                    os.dup2(slave, fd)
                os.execvp(sys.argv[2], sys.argv[2:])
            ended = 0
            while not ended:
                ready = select.select([master, 0], [], [], 0.05)[0]
                if 0 in ready:
                    for order in os.read(0, 4096).decode().splitlines():
                        kind, what = order.split(" ", 1)
                        if kind == "type":
                            os.write(master, what.encode())
                        elif kind == "resize":
                            resize(*what.split("x"))
                        else:
                            os.kill(pid, int(what))
                ended, status = os.waitpid(pid, os.WNOHANG)
                while master in select.select([master], [], [], 0.2 if ended else 0)[0]:
                    os.write(1, os.read(master, 65536))
            print("as before" if termios.tcgetattr(slave) == before else "changed", file=sys.stderr)
            sys.exit(os.waitstatus_to_exitcode(status) & 0xff)
            """;

    /** Some seconds. */
    private static final int LOOKS_AT_A_SIZE = 200;

    private final Process process;
    private final StringBuilder shown = new StringBuilder();
    private final CompletableFuture<Void> reading;

    private TerminalSession(Process process) {
        this.process = process;
        this.reading = Background.run(() -> read(process.getInputStream()));
    }

    /** Starts a command of Corral's at a terminal of a size as {@code 24x80}, of the type xterm. */
    static TerminalSession start(Cli corral, List<String> prefix, String size, String command, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("python3", "-c", PROGRAM, size, "env", "TERM=xterm"));
        line.addAll(prefix);
        return new TerminalSession(corral.startBehind(line, command, arguments));
    }

    private void read(InputStream stream) {
        byte[] some = new byte[8192];
        try {
            for (int count = stream.read(some); count >= 0; count = stream.read(some)) {
                add(new String(some, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void add(String text) {
        shown.append(text);
    }

    private synchronized boolean hasShown(String text) {
        boolean has = shown.indexOf(text) >= 0;
        if (has) {
            shown.setLength(0);
        }
        return has;
    }

    private synchronized String shown() {
        return shown.toString();
    }

    void type(String keys) throws IOException {
        order("type " + keys);
    }

    void resize(String size) throws IOException {
        order("resize " + size);
    }

    void signal(int number) throws IOException {
        order("signal " + number);
    }

    private void order(String text) throws IOException {
        process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until it has written something, since the last time that was waited for. */
    void awaitShown(String text) throws Exception {
        Eventually.holds("it shows " + text, () -> hasShown(text));
    }

    /**
     * The same for a text of which not all may be new: what is written is what has changed, but for a change of the size, when
     * it is all. So the size changes from one to the other until it is seen.
     */
    void awaitShownAt(String text, String size, String other) throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Eventually.holds("it shows " + text, () -> {
            int look = looks.getAndIncrement();
            if (look % LOOKS_AT_A_SIZE == 0) {
                resize(look / LOOKS_AT_A_SIZE % 2 == 0 ? size : other);
            }
            return hasShown(text);
        });
    }

    /** {@return how it ended} Its output is what it has written since {@link #awaitShown}. */
    Cli.Result end() throws Exception {
        int code = process.waitFor();
        reading.join();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Cli.Result(code, shown(), told.strip());
    }
}
