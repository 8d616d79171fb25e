package org.corral.benchmarks.density;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {

    @TempDir
    private Path folder;

    private LayoutFixture host;

    @BeforeEach
    void boot() throws IOException {
        host = boot("v1-co-mounted-almalinux8");
    }

    private LayoutFixture boot(String layout) throws IOException {
        LayoutFixture booted = LayoutFixture.of(layout, folder.resolve(layout));
        booted.directory("/proc/sys/kernel");
        write(booted, "/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n");
        write(booted, "/proc/loadavg", "0.20 0.18 0.12 1/180 11206");
        write(booted, "/proc/sys/kernel/pid_max", "32768");
        write(booted, "/proc/sys/kernel/threads-max", "60000");
        write(booted, "/proc/self/uid_map", "         0          0 4294967295");
        limits(booted, "60000", "20000");
        return booted;
    }

    private static void write(LayoutFixture host, String file, String text) throws IOException {
        Files.writeString(host.path(file), text);
    }

    private static void limits(LayoutFixture host, String processes, String files) throws IOException {
        write(
                host,
                "/proc/self/limits",
                "Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max processes             1000                 " + processes + "            processes \n"
                        + "Max open files            1024                 " + files + "                files     \n");
    }

    private void check(int containers) throws IOException {
        new Requirements(host.linux(), containers).check();
    }

    @Test
    void check_roomEnough_passes() {
        assertThatCode(() -> check(5_000)).doesNotThrowAnyException();
    }

    @Test
    void check_notRoot_isRefused() {
        host.asUser(1000);

        assertThatThrownBy(() -> check(1))
                .isInstanceOf(IOException.class)
                .hasMessage("user 1000 may not make cgroups: run it as root");
    }

    @Test
    void check_noMemoryController_isRefused() throws IOException {
        host = boot("v1-memory-disabled-raspbian10");

        assertThatThrownBy(() -> check(1)).hasMessageContaining("the memory controller cannot be used here");
    }

    @Test
    void check_tooLittleMemory_namesItAndTheRemedy() {
        assertThatThrownBy(() -> check(10_001))
                .hasMessageContaining("memory of this host in KiB is 8000000, of which 4000000 are used")
                .hasMessageContaining("10001 containers need 4000400 more: free some, or give a lower N");
    }

    @Test
    void check_tooFewDescriptors_namesTheHardLimitAndTheRemedy() throws IOException {
        limits(host, "60000", "4096");

        assertThatCode(() -> check(3_600)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(3_700))
                .hasMessageContaining("RLIMIT_NOFILE) is 4096")
                .hasMessageContaining("ulimit -Hn");
    }

    @Test
    void check_tooFewPids_namesTheSysctl() throws IOException {
        write(host, "/proc/sys/kernel/pid_max", "1000");

        assertThatCode(() -> check(1000 - 180 - 64)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(1000 - 180 - 63))
                .hasMessageContaining("kernel.pid_max is 1000, of which 180 are used")
                .hasMessageContaining("need 821 more: raise it with sysctl");
    }

    @Test
    void check_limitOfProcesses_isKeptToByRootOfAUserNamespaceAlone() throws IOException {
        limits(host, "500", "20000");
        assertThatCode(() -> check(1_000)).doesNotThrowAnyException();

        write(host, "/proc/self/uid_map", "         0     100000      65536");

        assertThatThrownBy(() -> check(1_000)).hasMessageContaining("RLIMIT_NPROC) is 500");
    }

    @Test
    void check_pidsMaxAboveTheContainers_isKeptTo() throws IOException {
        write(host, "/sys/fs/cgroup/pids/pids.max", "max");
        assertThatCode(() -> check(100)).doesNotThrowAnyException();
        write(host, "/sys/fs/cgroup/pids/pids.max", "120");
        write(host, "/sys/fs/cgroup/pids/pids.current", "20");

        assertThatThrownBy(() -> check(100)).hasMessageContaining("pids.max is 120, of which 20 are used");
    }
}
