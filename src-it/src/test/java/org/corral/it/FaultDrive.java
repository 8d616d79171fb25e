package org.corral.it;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.corral.testing.fault.FaultInjector;
import org.corral.testing.fault.Injected;

/**
 * Makes every call of an operation go wrong in turn: the first, the second, until there are no more. After each fault the
 * error must tell what went wrong and where, doing it again must help, and nothing may be left on the host.
 *
 * <p>Other threads make calls too, so that the calls of one run are not quite those of the run before: no call is asked for
 * by name, and what went wrong is taken down when it has.
 */
final class FaultDrive {

    /** Of so many calls the short form takes two. Each third would never meet what is the second of three for each hierarchy. */
    private static final int STRIDE = 7;

    private static final int MOST_FINDINGS = 20;

    /** What a call without a better subject is told of: nobody knows what that was. */
    private static final Pattern BARE_DESCRIPTOR = Pattern.compile("\\w\\((pid)?fd \\d+[,)]");

    private final TestRoot root;
    private final FaultInjector injector;
    private final boolean all;

    /**
     * Makes a drive on a test's own part of the host.
     *
     * @param all whether every call goes wrong in every way, and not some of them in one, another for each
     */
    FaultDrive(TestRoot root, FaultInjector injector, boolean all) {
        this.root = root;
        this.injector = injector;
        this.all = all;
    }

    /** {@return what became of it} */
    FaultTally drive(FaultyOperation operation) throws Exception {
        FaultTally tally = new FaultTally(operation.name());
        for (int turn = 0; tally.findings().size() < MOST_FINDINGS; turn++) {
            int call = all ? turn : turn * STRIDE / 2;
            Optional<Injected> first = attempt(operation, tally, call, all ? 0 : turn);
            if (first.isEmpty()) {
                return tally;
            }
            for (int choice = 1; all && choice < first.get().choices(); choice++) {
                attempt(operation, tally, call, choice);
            }
        }
        return tally;
    }

    private Optional<Injected> attempt(FaultyOperation operation, FaultTally tally, int call, int choice)
            throws Exception {
        operation.prepare();
        DescriptorTrace descriptors = DescriptorTrace.since();
        injector.arm(call, choice);
        Optional<Exception> failure = failureOf(operation);
        Optional<Injected> injected = injector.disarm();
        injected.ifPresent(fault -> tally.add(fault, failure.isPresent()));
        String what = "call " + call + ", " + injected.map(Injected::toString).orElse("no fault");
        try {
            failure.ifPresent(e -> assertTellsWhatAndWhere(e, injected));
            operation.settle(failure);
        } catch (Exception | AssertionError e) {
            tally.addFinding(what + ": " + traceOf(e)
                    + failure.map(told -> "\n  it was told: " + traceOf(told)).orElse(""));
        }
        operation.end();
        String left = whatIsLeft(descriptors);
        if (!left.isEmpty()) {
            tally.addFinding(what + ": left behind: " + left
                    + failure.map(e -> "\n  it was told: " + traceOf(e)).orElse(""));
            return Optional.empty(); // the next would find it, too
        }
        return injected;
    }

    private static Optional<Exception> failureOf(FaultyOperation operation) {
        try {
            operation.run();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    private static void assertTellsWhatAndWhere(Exception failure, Optional<Injected> injected) {
        if (injected.isEmpty()) {
            throw new AssertionError("failed without a fault", failure);
        }
        boolean unsupported = failure instanceof UnsupportedOperationException && tellsSo(injected.get());
        if (!(failure instanceof IOException) && !unsupported) {
            throw new AssertionError("not a declared failure", failure);
        }
        String message = String.valueOf(failure.getMessage());
        if (BARE_DESCRIPTOR.matcher(message).find()) {
            throw new AssertionError("does not tell what it was called on: " + message);
        }
    }

    /** A kernel that says so of a file does not have what the file is for. */
    private static boolean tellsSo(Injected injected) {
        return injected.fault().name().equals("EOPNOTSUPP");
    }

    private String whatIsLeft(DescriptorTrace descriptors) throws Exception {
        try {
            Eventually.holds(
                    "nothing is left",
                    () -> new HostState(root).differencesTo(Map.of()).isEmpty()
                            && descriptors.left().isEmpty());
            return "";
        } catch (AssertionError e) {
            return new HostState(root).differencesTo(Map.of()) + " " + descriptors.left();
        }
    }

    /** {@return it with the frames that are Corral's} */
    private static String traceOf(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("\tat ") || line.contains("org.corral"))
                .collect(Collectors.joining("\n"));
    }
}
