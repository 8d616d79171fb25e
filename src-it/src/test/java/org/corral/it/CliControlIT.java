package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands for containers of another process, and {@code corral info}. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class CliControlIT {

    private static final String ID = "web";

    private TestRoot root;
    private Cli corral;

    @BeforeEach
    void open(TestRoot own) {
        root = own;
        corral = new Cli(own);
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
    }

    @Test
    void lsAndStats_running_tellIt() throws Exception {
        Process run = start();
        assertThat(corral.run("ls", "--json").out()).contains("\"" + ID + "\"").contains("\"sleep\"");
        Result stats = corral.run("stats", "--json", ID);
        assertThat(stats.number("limitBytes")).isEqualTo(64 << 20);
        assertThat(stats.number("current")).isEqualTo(1);
        destroy(run);
    }

    @Test
    void update_running_isInTheControlFiles() throws Exception {
        Process run = start();
        assertThat(corral.run("update", ID, "--cpus", "0.5", "--mem", "128M").code())
                .isZero();
        assertThat(ControlFile.CPU_SHARES.read(root, ID)).isEqualTo(ControlFile.CPU_SHARES.either("512", "50"));
        assertThat(ControlFile.MEMORY_LIMIT.read(root, ID)).isEqualTo(String.valueOf(128 << 20));
        destroy(run);
    }

    /** No kernel keeps that limit: the agent that launched it finds it changed. */
    @Test
    void update_diskOfARunningContainer_isKeptByItsAgent() throws Exception {
        Path directory = Files.createDirectory(root.runtimeDirectory().resolve("work"));
        Process run = corral.start(
                "run",
                "--id",
                ID,
                "--directory",
                directory.toString(),
                "--disk",
                "64M",
                "--isolator-option",
                "disk/du:interval=0.1s",
                "--",
                "sh",
                "-c",
                "head -c 8M /dev/zero >file; sleep 1000");
        corral.awaitRunning(ID, "sleep");
        assertThat(run.isAlive()).isTrue();

        Result update = corral.run("update", ID, "--disk", "4M");

        assertThat(update.code()).as(update.err()).isZero();
        Result result = Cli.result(run);
        new FileTrace(directory).remove();
        assertThat(result.code()).isEqualTo(137);
        assertThat(result.err()).contains("disk limit of 4.0MiB exceeded");
    }

    @Test
    void update_diskOfOneWithoutDirectory_refused() throws Exception {
        Process run = start();
        Result update = corral.run("update", ID, "--disk", "4M");
        assertThat(update.code()).isEqualTo(125);
        assertThat(update.err()).contains("--directory");
        destroy(run);
    }

    @Test
    void update_dryRun_tellsThePlanAndWritesNothing() throws Exception {
        Process run = start();
        Result more = corral.run("update", ID, "--dry-run", "--cpus", "0.5", "--mem", "128M");
        Result less = corral.run("update", ID, "--dry-run", "--mem", "32M");
        assertThat(more.out())
                .contains(ControlFile.CPU_SHARES.either("cpu.shares: 1024 -> 512", "cpu.weight: 100 -> 50"))
                .contains(ControlFile.MEMORY_LIMIT.file() + ": 67108864 -> 134217728");
        assertThat(less.out()).contains(ControlFile.MEMORY_LIMIT.file() + ": 67108864, kept, because");
        assertThat(ControlFile.CPU_SHARES.read(root, ID)).isEqualTo(ControlFile.CPU_SHARES.either("1024", "100"));
        assertThat(ControlFile.MEMORY_LIMIT.read(root, ID)).isEqualTo(String.valueOf(64 << 20));
        destroy(run);
    }

    @Test
    void update_memoryPolicy_lowersTheHardLimit() throws Exception {
        Process run = start();
        assertThat(corral.run("update", ID, "--mem", "48M", "--memory-policy", "refuse")
                        .code())
                .isZero();
        assertThat(ControlFile.MEMORY_LIMIT.read(root, ID)).isEqualTo(String.valueOf(48 << 20));
        destroy(run);
    }

    @Test
    void kill_running_endsTheRun() throws Exception {
        Process run = start();
        assertThat(corral.run("kill", ID).code()).isZero();
        assertThat(Cli.result(run).code()).isEqualTo(143);
    }

    @Test
    void destroy_running_endsTheRun() throws Exception {
        destroy(start());
    }

    private Process start() throws Exception {
        Process run = corral.start("run", "--id", ID, "--mem", "64M", "--", "sleep", "1000");
        corral.awaitRunning(ID, "sleep");
        return run;
    }

    private void destroy(Process run) throws Exception {
        assertThat(corral.run("destroy", ID).code()).isZero();
        assertThat(Cli.result(run).code()).isEqualTo(137);
    }

    @Test
    void allOfThem_unknownContainer_refusedByName() throws Exception {
        for (String command : new String[] {"stats", "kill", "destroy"}) {
            Result result = corral.run(command, "nobody");
            assertThat(result.code()).as(command).isEqualTo(125);
            assertThat(result.err()).contains("nobody");
        }
    }

    @Test
    void run_idIsTaken_refusedAndTheOtherRunsOn() throws Exception {
        Process run = start();
        Result second = corral.run("run", "--id", ID, "--", "true");
        assertThat(second.code()).isEqualTo(125);
        assertThat(second.err()).contains(ID);
        assertThat(run.isAlive()).isTrue();
        destroy(run);
    }

    @Test
    void info_thisHost_everyMountAndItsControllers() throws Exception {
        Result info = corral.run("info");
        assertThat(info.code()).isZero();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            assertThat(info.out()).contains(mount.point().toString());
        }
        assertThat(info.out())
                .containsPattern("cpu +v[12] +" + CgroupMount.of("cpu").point())
                .containsPattern("memory +v[12] +" + CgroupMount.of("memory").point())
                .contains(root.cgroup());
    }
}
