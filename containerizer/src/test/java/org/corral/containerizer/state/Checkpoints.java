package org.corral.containerizer.state;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;

/** Checkpoints for tests. */
public final class Checkpoints {

    private Checkpoints() {}

    static Checkpoint of(ContainerId id) {
        return of(id, "boot-1");
    }

    /** {@return the checkpoint of a container that was made in a boot, before its first process was} */
    public static Checkpoint of(ContainerId id, String boot) {
        Resources resources = Resources.NONE
                .withCpus(CpuAmount.parse("1.5"))
                .withMemory(DataSize.ofMebibytes(64))
                .withPids(10);
        return new Checkpoint(
                Checkpoint.VERSION,
                id,
                boot,
                new ProcessIdentity(100, 1000),
                Optional.empty(),
                "/corral",
                List.of("cgroups/cpu"),
                resources,
                List.of("/bin/sh", "-c", "echo 'ü'"),
                Optional.of(Path.of("/srv/ü")),
                Instant.parse("2024-01-02T03:04:05.123456789Z"),
                false,
                Optional.empty());
    }
}
