package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeProcess;
import org.corral.testing.fault.FaultInjector;
import org.corral.testing.fault.Injected;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call goes wrong in every way, each time on a fresh host: {@code FaultsIT} does so on the real kernel. */
class CgroupFaultsTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int FEWEST_CALLS = 9;

    @TempDir
    private Path root;

    /** What is done on one host, with one fault. */
    private interface Trial {
        /** {@return what went wrong, if there were that many calls} */
        Optional<Injected> run(Host.Booted booted, FaultInjector injector, int call, int choice) throws Exception;
    }

    private void everyFault(Host host, Trial trial) throws Exception {
        int call = -1;
        int choices;
        do {
            call++;
            choices = attempt(host, trial, call, 0);
            for (int choice = 1; choice < choices; choice++) {
                attempt(host, trial, call, choice);
            }
        } while (choices > 0);
        assertThat(call).as("calls that failed").isGreaterThan(FEWEST_CALLS);
    }

    private int attempt(Host host, Trial trial, int call, int choice) throws Exception {
        Host.Booted booted = host.boot(root);
        FaultInjector injector = new FaultInjector(booted.kernel().linux());
        Optional<Injected> injected = trial.run(booted, injector, call, choice);
        assertThat(booted.kernel().openDescriptors()).as(injected.toString()).isEmpty();
        return injected.map(Injected::choices).orElse(0);
    }

    private static CgroupTree tree(FaultInjector injector, FakeLinux kernel) {
        return new CgroupTree(injector.linux(), kernel.layout(), CgroupPath.of("/corral"));
    }

    @ParameterizedTest
    @EnumSource
    void create_everyFault_undoneAndRepeatable(Host host) throws Exception {
        everyFault(host, (booted, injector, call, choice) -> {
            CgroupTree tree = tree(injector, booted.kernel());
            injector.arm(call, choice);
            try (Cgroup cgroup = tree.create("a", "owner")) {
                assertThat(cgroup.directories()).hasSameSizeAs(booted.hierarchies());
            } catch (IOException e) {
                assertNothingLeft(booted, e);
            }
            return injector.disarm();
        });
    }

    private static void assertNothingLeft(Host.Booted booted, IOException cause) {
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.at("/").children()).as(cause.toString()).isEmpty();
            if (hierarchy.described().version() == CgroupVersion.V2) {
                assertThat(hierarchy.at("/").file("cgroup.subtree_control"))
                        .as(cause.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void delete_everyFault_repeatable(Host host) throws Exception {
        everyFault(host, (booted, injector, call, choice) -> {
            FakeProcess process = booted.kernel().start();
            try (Cgroup cgroup = tree(injector, booted.kernel()).create("a", "")) {
                cgroup.attach(process.pid());
                booted.hierarchies().get(0).make("/corral/a/x/y");
                injector.arm(call, choice);
                deleteFaultily(cgroup);
                Optional<Injected> injected = injector.disarm();
                cgroup.delete(LONG);
                assertGone(booted, injected);
                return injected;
            }
        });
    }

    private static void deleteFaultily(Cgroup cgroup) {
        try {
            cgroup.delete(LONG);
        } catch (IOException e) {
            assertThat(e.getMessage()).doesNotContainPattern("\\w\\((pid)?fd \\d+[,)]");
        }
    }

    private static void assertGone(Host.Booted booted, Optional<Injected> injected) {
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.find("/corral/a")).as(injected.toString()).isEmpty();
        }
    }
}
