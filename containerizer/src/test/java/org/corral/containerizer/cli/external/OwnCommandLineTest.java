package org.corral.containerizer.cli.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.linux.Linux;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCommandLineTest {

    @TempDir
    private Path root = Path.of("");

    private Linux host(String cmdline) throws IOException {
        Path self = Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(self.resolve("cmdline"), cmdline);
        Files.deleteIfExists(self.resolve("exe"));
        Files.createSymbolicLink(self.resolve("exe"), Path.of("/opt/jdk/bin/java"));
        return new FaultyLinux().linux(root);
    }

    @Test
    void read_ownArguments_areExchanged() throws Exception {
        Linux linux = host("java\0-Xmx1g\0Main\0external\0--root\0/a b\0launch\0");

        OwnCommandLine own = OwnCommandLine.read(linux, 4);

        assertThat(own.java()).isEqualTo(Path.of("/opt/jdk/bin/java"));
        assertThat(own.with(List.of("external", "supervise")))
                .containsExactly("java", "-Xmx1g", "Main", "external", "supervise");
    }

    @Test
    void read_emptyArgument_counts() throws Exception {
        assertThat(OwnCommandLine.read(host("java\0Main\0\0launch\0"), 2).words())
                .containsExactly("java", "Main");
    }

    @Test
    void read_fewerArgumentsThanThereShouldBe_refused() throws Exception {
        Linux linux = host("java\0Main\0");

        assertThatThrownBy(() -> OwnCommandLine.read(linux, 2)).hasMessageContaining("fewer than 2 arguments");
    }
}
