package org.corral.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A shell that has worked for a tenth of a second, and its children, all of which wait for the end of their input: it comes with
 * {@link #close}, and with the end of this process whatever happens.
 */
final class IdleProcesses implements AutoCloseable {

    private static final String SCRIPT = "exec 3<&0; read go"
            + "; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
            + "; i=0; while [ $i -lt $0 ]; do { echo ready; read end <&3; } & i=$((i+1)); done"
            + "; echo ready; wait";

    private final int children;
    private final Process shell;

    /** Starts the shell alone, which does nothing yet. */
    IdleProcesses(int children) throws IOException {
        this.children = children;
        shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT, Integer.toString(children)).start();
    }

    /** {@return the shell} */
    int pid() {
        return (int) shell.pid();
    }

    /** Lets the shell work and make its children, until all of them wait. */
    void work() throws IOException {
        shell.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
        shell.getOutputStream().flush();
        BufferedReader lines = shell.inputReader(StandardCharsets.US_ASCII);
        for (int process = 0; process <= children; process++) {
            if (lines.readLine() == null) {
                throw new IOException(
                        "the shell " + pid() + " has ended before its " + children + " children were made");
            }
        }
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        shell.onExit().join();
    }
}
