package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code corral info} makes of a guest, against what a person made of that guest's mountinfo. */
@ExtendWith(LeakCheck.class)
@Requires(Need.KNOWN_LAYOUT)
class LayoutInfoIT {

    private Cli corral;

    @BeforeEach
    void open(TestRoot root) {
        corral = new Cli(root);
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
    }

    @Test
    void info_knownLayout_isWhatAPersonFound() throws Exception {
        Result info = Cli.result(corral.startWithoutRoot("info"));
        assertThat(info.code()).as(info.err()).isZero();
        assertThat(ofLayout(info.out())).isEqualTo(Files.readString(golden()));
    }

    /** Without the kernel's features, which hang on the C library too, and the runtime directory, which is the test's. */
    private static String ofLayout(String text) {
        return text.replaceFirst("(?s)\nKernel features.*", "").replaceFirst("State in .*\n", "");
    }

    static Path golden() {
        return Path.of("layouts", System.getenv().getOrDefault("CORRAL_LAYOUT", "none"), "info")
                .toAbsolutePath();
    }
}
