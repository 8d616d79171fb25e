package org.corral.benchmarks.density;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.harness.KernelTable;
import org.corral.linux.Linux;

/**
 * What a host must have for so many containers, looked at before anything is made on it. Only what cannot do is refused: where a run
 * may fail still, the launch that does tells why. Immutable.
 */
final class Requirements {

    /** A process that sleeps, its cgroups, and what the kernel holds for both: measured, half a MiB. */
    private static final long KIBIBYTES = 400;

    private static final long KIBIBYTE = 1024;

    /** Of the agent, and what else begins on the host meanwhile. */
    private static final long OTHER_PROCESSES = 64;

    private static final long OTHER_DESCRIPTORS = 256;

    /** A container must have a pidfd, and where descriptors are scarce a 16th of an eventfd. */
    private static final int OF_AN_EVENTFD = 16;

    private static final String NO_LIMIT = "max";

    private final Linux linux;
    private final int containers;

    Requirements(Linux linux, int containers) {
        this.linux = linux;
        this.containers = containers;
    }

    /**
     * Looks at all of it.
     *
     * @throws IOException naming the first that is not met, its value and the remedy
     */
    void check() throws IOException {
        int user = linux.processes().effectiveUserId();
        if (user != 0) {
            throw new IOException("user " + user + " may not make cgroups: run it as root");
        }
        if (LayoutDiscovery.discover(linux).hierarchyOf(Controller.MEMORY).isEmpty()) {
            throw new IOException("the memory controller cannot be used here, and containers are to run out of memory:"
                    + " 'corral info' tells why");
        }
        memory().require(containers * KIBIBYTES, containers);
        descriptors().require(containers + containers / OF_AN_EVENTFD + OTHER_DESCRIPTORS, containers);
        for (Room room : processes()) {
            room.require(containers + OTHER_PROCESSES, containers);
        }
    }

    private Room memory() throws IOException {
        KernelTable memory = KernelTable.of(linux.path("/proc/meminfo"));
        long total = memory.bytes("MemTotal") / KIBIBYTE;
        long available = memory.bytes("MemAvailable") / KIBIBYTE;
        return new Room("the memory of this host in KiB", total, total - available, "free some");
    }

    private Room descriptors() throws IOException {
        return new Room(
                "the limit of open files (RLIMIT_NOFILE)",
                hardLimit("Max open files"),
                0,
                "raise it with 'ulimit -Hn'");
    }

    private List<Room> processes() throws IOException {
        long threads = threads();
        List<Room> rooms = new ArrayList<>();
        rooms.add(kernelWide("kernel.pid_max", "pid_max", threads));
        rooms.add(kernelWide("kernel.threads-max", "threads-max", threads));
        if (!isRootOfTheHost()) { // whom the kernel lets have as many as they want
            rooms.add(new Room(
                    "the limit of processes (RLIMIT_NPROC)",
                    hardLimit("Max processes"),
                    threads,
                    "raise it with 'ulimit -u'"));
        }
        pidsMax().ifPresent(rooms::add);
        return rooms;
    }

    private Room kernelWide(String what, String file, long threads) throws IOException {
        return new Room(what, number(linux.path("/proc/sys/kernel/" + file)), threads, "raise it with sysctl");
    }

    /** {@return all threads of the host, as the fourth number of {@code 0.20 0.18 0.12 1/180 11206} has it: proc_loadavg(5)} */
    private long threads() throws IOException {
        String loads = text(linux.path("/proc/loadavg"));
        return Long.parseLong(loads.substring(loads.indexOf('/') + 1).split(" ", -1)[0]);
    }

    /** The first user namespace maps all ids onto themselves: user_namespaces(7). */
    private boolean isRootOfTheHost() throws IOException {
        return text(linux.path("/proc/self/uid_map")).matches("\\s*0\\s+0\\s+4294967295");
    }

    /** {@return the limit above the containers' cgroups; the top of a host has none} */
    private Optional<Room> pidsMax() throws IOException {
        Optional<Path> max = LayoutDiscovery.discover(linux)
                .hierarchyOf(Controller.PIDS)
                .map(hierarchy -> hierarchy.mountPoint().resolve("pids.max"))
                .filter(Files::exists);
        if (max.isEmpty() || text(max.get()).equals(NO_LIMIT)) {
            return Optional.empty();
        }
        long used = number(max.get().resolveSibling("pids.current"));
        return Optional.of(new Room(max.get().toString(), number(max.get()), used, "write a higher number to it"));
    }

    /** {@return the third column of {@code Max open files   1024   20000   files}, up to which a process can raise it: proc_pid_limits(5)} */
    private long hardLimit(String name) throws IOException {
        Path limits = linux.path("/proc/self/limits");
        String line = Files.readAllLines(limits).stream()
                .filter(one -> one.startsWith(name + " "))
                .findFirst()
                .orElseThrow(() -> new IOException(limits + " tells no '" + name + "'"));
        String hard = line.substring(name.length()).strip().split(" +", -1)[1];
        return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(text(file));
    }

    /** By a buffer: readString(file) takes one byte first, and the kernel gives the rest of a sysctl to nobody. */
    private static String text(Path file) throws IOException {
        return Files.readAllLines(file).get(0).strip();
    }
}
