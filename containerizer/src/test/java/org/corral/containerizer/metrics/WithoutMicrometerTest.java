package org.corral.containerizer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent on the class path of this test, but for Micrometer. */
@Timeout(120)
class WithoutMicrometerTest {

    @TempDir
    Path directory;

    @Test
    void agent_noMicrometerOnItsClassPath_launchesAndCounts() throws Exception {
        try (URLClassLoader loader = withoutMicrometer()) {
            assertThatThrownBy(() -> loader.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            Class<?> type = loader.loadClass(BareAgent.class.getName());
            assertThat(type).isNotEqualTo(BareAgent.class);

            @SuppressWarnings("unchecked") // a function is the same type to both loaders
            Function<Path, String> agent =
                    (Function<Path, String>) type.getDeclaredConstructor().newInstance();

            assertThat(agent.apply(directory.resolve("corral"))).isEqualTo("EXITED, 1 launched");
        }
    }

    private static URLClassLoader withoutMicrometer() {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
