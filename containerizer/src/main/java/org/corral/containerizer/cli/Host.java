package org.corral.containerizer.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.corral.containerizer.state.RuntimeDirectory;
import org.corral.linux.Linux;
import org.corral.linux.raw.TerminalCalls;

/**
 * What a command finds around it. Thread-safe.
 *
 * @param kernel gives the kernel; asked only by commands that need it, because binding the C library takes time
 * @param terminal gives the calls on the terminal
 * @param environment the caller's variables
 * @param out the standard output
 * @param err the standard error
 */
record Host(
        Supplier<Linux> kernel,
        Supplier<TerminalCalls> terminal,
        Map<String, String> environment,
        PrintStream out,
        PrintStream err) {

    private static final String LOCALE = "LC_ALL";
    private static final String CALLERS_LOCALE = "CORRAL_CALLERS_LC_ALL";

    Host {
        environment = Map.copyOf(environment);
    }

    static Host ofThisProcess() {
        return new Host(Linux::ofThisHost, TerminalCalls::ofThisHost, callers(System.getenv()), System.out, System.err);
    }

    /** {@return the environment that the launcher script was called with, which changes the locale where it must} */
    static Map<String, String> callers(Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(own);
        String locale = environment.remove(CALLERS_LOCALE);
        if (locale != null && locale.isEmpty()) {
            environment.remove(LOCALE);
        } else if (locale != null) {
            environment.put(LOCALE, locale);
        }
        return environment;
    }

    Linux linux() {
        return kernel.get();
    }

    Path runtimeDirectory() {
        return RuntimeDirectory.of(linux().processes().effectiveUserId(), environment);
    }

    /** Tells the user something in one line. */
    void say(String message) {
        err.println("corral: " + OneLine.of(message));
    }
}
