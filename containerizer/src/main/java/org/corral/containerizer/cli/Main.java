package org.corral.containerizer.cli;

/** Where the program {@code corral} starts, and the one place where it ends. */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(CorralCommand.execute(Host.ofThisProcess(), arguments));
    }
}
