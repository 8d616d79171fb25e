package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.corral.core.unit.CpuAmount;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostCpusTest {

    private static final HostCpus TWO = new HostCpus(OptionalInt.of(2));

    @TempDir
    private Path root;

    private HostCpus read(String list) throws IOException {
        Path folder = Files.createDirectories(root.resolve("sys/devices/system/cpu"));
        Files.writeString(folder.resolve("online"), list + "\n");
        return HostCpus.of(new FakeKernel().linux(root));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0-1, 2", "'0-3,7', 5", "'0,2,4-5', 4"})
    void of_kernelsList_countsThem(String list, int count) throws IOException {
        assertThat(read(list).count()).hasValue(count);
    }

    @Test
    void of_noOrDamagedList_unknownAndNothingRefused() throws IOException {
        assertThat(HostCpus.of(new FakeKernel().linux(root)).count()).isEmpty();
        HostCpus unknown = read("what?");
        assertThat(unknown.count()).isEmpty();
        assertThatNoException().isThrownBy(() -> unknown.require("--cpus", CpuAmount.ofCpus(9999)));
    }

    @Test
    void require_upToAll_allowed() {
        assertThatNoException().isThrownBy(() -> TWO.require("--cpus", CpuAmount.ofCpus(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TWO.require("--cpus", CpuAmount.parse("2.001")))
                .withMessage("--cpus 2.001 is more than this host has: give at most 2");
    }
}
