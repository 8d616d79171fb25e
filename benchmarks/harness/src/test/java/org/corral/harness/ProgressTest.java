package org.corral.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, UTF_8);

    private String showTwoOfTwo(Progress.Display display) {
        try (Progress progress = display.begin("launch", 2)) {
            progress.step();
            progress.step();
        }
        return shown.toString(UTF_8);
    }

    @Test
    void lines_part_isALineAtItsEnd() {
        assertThat(showTwoOfTwo(Progress.Display.lines(out))).matches("launch: \\d+\\.\\d s\\R");
    }

    @Test
    void bars_part_isABarThatIsFullAtItsEnd() {
        assertThat(showTwoOfTwo(Progress.Display.bars(out))).contains("launch 100%", "2/2");
    }
}
