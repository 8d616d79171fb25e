package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code corral version}: the versions of Corral, the JVM and the kernel. */
@Command(name = "version", description = "Show the versions of Corral, the JVM and the kernel.")
final class VersionCommand implements Runnable, IVersionProvider {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/osrelease");

    private final Host host;

    VersionCommand(Host host) {
        this.host = host;
    }

    @Override
    public void run() {
        for (String line : getVersion()) {
            host.out().println(line);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "corral "
                    + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                            .orElse("unpacked"),
            "java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
            "linux " + kernel() + " (" + System.getProperty("os.arch") + ")"
        };
    }

    private static String kernel() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return "unknown: " + OneLine.of(e);
        }
    }
}
