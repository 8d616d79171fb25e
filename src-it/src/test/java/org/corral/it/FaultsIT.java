package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.corral.linux.Linux;
import org.corral.testing.fault.FaultInjector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every call to the kernel of what users do goes wrong in turn: the failure is typed and names its subject, nothing is left,
 * and a retry succeeds.
 *
 * <p>{@code -Dcorral.it.faults=all}, as {@code src-it/faults} says, makes every call go wrong in every way of its manual page, not some in one;
 * {@code -Dcorral.it.faults.report=FILE} appends a row of figures for each operation.
 */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY, Need.PIDS, Need.FREEZER})
class FaultsIT {

    private final FaultInjector injector = new FaultInjector(Linux.ofThisHost());
    private TestRoot root;
    private Host host;
    private ContainerFaults containers;
    private CgroupFaults cgroups;

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        host = Host.open(own, injector.linux(), options -> options);
        containers = new ContainerFaults(own, injector.linux(), host);
        cgroups = new CgroupFaults(own, injector.linux());
    }

    @AfterEach
    void close() throws Exception {
        host.close();
    }

    @Test
    void launch_everyCallFails_undoneAndRepeatable() throws Exception {
        drive(containers.launching(), "makeDirectoryAt", "openAt2", "write", "close");
    }

    @Test
    void launch_commandMissingAndEveryCallFails_undone() throws Exception {
        drive(containers.launchingInVain(), "removeDirectoryAt");
    }

    @Test
    void update_everyCallFails_allOrNothing() throws Exception {
        drive(containers.updating());
    }

    @Test
    void usage_everyCallFails_toldOrWithoutTheFigure() throws Exception {
        drive(containers.measuring());
    }

    @Test
    void destroy_everyCallFails_repeatable() throws Exception {
        drive(containers.destroying(), "removeDirectoryAt");
    }

    @Test
    void end_everyCallFails_toldOrRepeatable() throws Exception {
        drive(containers.ending(), "removeDirectoryAt");
    }

    @Test
    void recover_everyCallFails_nothingIsLost() throws Exception {
        drive(containers.recovering());
    }

    @Test
    void create_everyCallFails_undoneAndRepeatable() throws Exception {
        drive(cgroups.creating(), "makeDirectoryAt", "openAt2");
    }

    @Test
    void attach_everyCallFails_repeatable() throws Exception {
        drive(cgroups.attaching());
    }

    @Test
    void freeze_everyCallFails_nothingStaysFrozen() throws Exception {
        drive(cgroups.freezing());
    }

    @Test
    void killAndDelete_everyCallFails_repeatable() throws Exception {
        drive(cgroups.killing(), "removeDirectoryAt");
    }

    @Test
    void sample_everyCallFails_othersAreThere() throws Exception {
        drive(cgroups.sampling(), "openAt2");
    }

    /** Some calls must be among those that went wrong; of the short form nobody knows which are. */
    private void drive(FaultyOperation operation, String... calls) throws Exception {
        boolean all = System.getProperty("corral.it.faults", "").equals("all");
        warmUp(operation);
        FaultTally tally = new FaultDrive(root, injector, all).drive(operation);
        report(tally);
        assertThat(tally.findings()).as(tally.row()).isEmpty();
        assertThat(tally.faults()).isPositive();
        if (all) {
            assertThat(List.of(calls)).isSubsetOf(tally.calls());
        }
    }

    /** What is opened once and kept is none of the operation's. */
    private static void warmUp(FaultyOperation operation) throws Exception {
        operation.prepare();
        operation.run();
        operation.end();
    }

    private static void report(FaultTally tally) throws IOException {
        String file = System.getProperty("corral.it.faults.report");
        if (file != null) {
            Files.write(Path.of(file), List.of(tally.row()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
