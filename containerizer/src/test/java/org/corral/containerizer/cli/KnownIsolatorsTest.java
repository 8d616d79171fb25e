package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.IsolatorProviderException;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.core.isolator.IsolatorProvider;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownIsolatorsTest {

    @TempDir
    Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private void putABrokenProviderOnTheClassPath() throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(IsolatorProvider.class.getName()), List.of("com.acme.Gone"));
        URL[] path = {directory.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(path, before));
    }

    @Test
    void iterator_allIsWell_namesThemAll() {
        assertThat(new KnownIsolators()).contains("cgroups/cpu", "disk/du");
    }

    @Test
    void iterator_noClassLoaderOfTheThread_namesThemAll() {
        Thread.currentThread().setContextClassLoader(null);

        assertThat(new KnownIsolators()).contains("cgroups/cpu");
    }

    @Test
    void iterator_brokenProvider_namesCorralsOwn() throws Exception {
        putABrokenProviderOnTheClassPath();

        assertThat(new KnownIsolators())
                .containsExactlyElementsOf(IsolatorRegistry.builtIn().names());
    }

    @Test
    void open_brokenProvider_isToldBeforeTheHostIsTouched() throws Exception {
        putABrokenProviderOnTheClassPath();

        assertThatThrownBy(() -> Corral.open(new FakeKernel().linux(directory), CorralOptions.defaults(directory)))
                .isInstanceOf(IsolatorProviderException.class)
                .hasMessageContaining("com.acme.Gone");
    }
}
