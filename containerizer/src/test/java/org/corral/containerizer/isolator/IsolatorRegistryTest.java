package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.IsolatorContext;
import org.corral.core.isolator.IsolatorProvider;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeLinux;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolatorRegistryTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path directory;

    private final PollTimer timer = new PollTimer();
    private FakeLinux kernel;
    private Poller poller;
    private ContainerCgroups cgroups;

    @BeforeEach
    void start() throws IOException {
        kernel = new FakeLinux(directory.resolve("root"));
        kernel.mountV1("memory", Controller.MEMORY);
        poller = Poller.start(new FaultyLinux().linux());
        cgroups = new ContainerCgroups(
                new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")), "corral");
    }

    @AfterEach
    void stop() {
        poller.close();
        timer.close();
    }

    private IsolatorParts parts() {
        Linux linux = kernel.linux();
        return new IsolatorParts(
                linux,
                poller,
                new FileChanges(linux, poller),
                timer,
                cgroups,
                new PosixProcesses(linux),
                DataSize.ofMebibytes(32),
                Duration.ofMillis(100),
                id -> Optional.empty(),
                event -> {});
    }

    /** {@return a registry on whose class path some providers are named} */
    private IsolatorRegistry with(String... providers) throws IOException {
        Path services = Files.createDirectories(directory.resolve("path/META-INF/services"));
        Files.write(services.resolve(IsolatorProvider.class.getName()), List.of(providers));
        URL path = directory.resolve("path").toUri().toURL();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {path}, getClass().getClassLoader())) {
            return IsolatorRegistry.load(loader);
        }
    }

    private IsolatorRegistry with(Class<?> provider) throws IOException {
        return with(provider.getName());
    }

    @Test
    void load_nobodyElses_areCorralsOwn() throws Exception {
        assertThat(with().names()).isEqualTo(IsolatorRegistry.builtIn().names()).contains("cgroups/cpu", "posix/mem");
    }

    @Test
    void load_somebodyElses_isKnownAndMade() throws Exception {
        IsolatorRegistry registry = with(Good.class);

        Isolator made = registry.make("acme/good", parts(), List.of(new IsolatorOption("acme/good", "key", "value")));

        assertThat(registry.names()).endsWith("acme/good");
        assertThat(registry.get("acme/good").provider()).contains(Good.class.getName());
        assertThat(registry.usesCgroups(Isolation.parse("acme/good"))).isTrue();
        assertThat(registry.usesCgroups(Isolation.parse("posix/cpu"))).isFalse();
        assertThat(((ScriptedIsolator) made).context().options()).isEqualTo(Map.of("key", "value"));
    }

    @Test
    void context_cgroup_isThereWhileTheContainerHasOne() throws Exception {
        IsolatorContext context = ((ScriptedIsolator) with(Good.class).make("acme/good", parts(), List.of())).context();

        assertThat(context.cgroup(ID, "memory")).isEmpty();
        cgroups.create(ID);
        assertThat(context.cgroup(ID, "memory")).contains(Path.of("/sys/fs/cgroup/memory/corral/c"));
        assertThat(context.cgroup(ID, "pids")).isEmpty();
        assertThatThrownBy(() -> context.cgroup(ID, "memroy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'memroy' is unknown");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                NoConstructor.class,
                ThrowingConstructor.class,
                ThrowingName.class,
                NoName.class,
                BadName.class,
                TakenName.class,
                UnknownController.class
            })
    void load_brokenProvider_isNamed(Class<?> provider) {
        assertThatThrownBy(() -> with(provider))
                .isInstanceOfSatisfying(IsolatorProviderException.class, e -> assertThat(e.provider())
                        .contains(provider.getName()))
                .hasMessageContaining("isolator provider")
                .hasMessageContaining(provider.getName())
                .hasMessageEndingWith(": correct it, or take it off the class path");
    }

    @Test
    void load_classThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> with("com.acme.Gone"))
                .isInstanceOf(IsolatorProviderException.class)
                .hasMessageContaining("com.acme.Gone");
    }

    @Test
    void load_twoOfOneName_areBothNamed() {
        assertThatThrownBy(() -> with(Good.class.getName(), GoodToo.class.getName()))
                .isInstanceOf(IsolatorProviderException.class)
                .hasMessageContaining(Good.class.getName())
                .hasMessageContaining(GoodToo.class.getName())
                .hasMessageContaining("'acme/good'");
    }

    @ParameterizedTest
    @ValueSource(classes = {ThrowingCreate.class, MissingClass.class, NothingMade.class, AnotherMade.class})
    void make_brokenProvider_isNamed(Class<?> provider) throws Exception {
        IsolatorRegistry registry = with(provider);

        assertThatThrownBy(() -> registry.make("acme/good", parts(), List.of()))
                .isInstanceOf(IsolatorProviderException.class)
                .hasMessageContaining(provider.getName());
    }

    @Test
    void make_refusedByTheProvider_isItsOwnMessage() throws Exception {
        IsolatorRegistry registry = with(Refusing.class);

        assertThatThrownBy(() -> registry.make("acme/good", parts(), List.of()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("key is missing: give it");
    }

    @Test
    void make_cannotWorkHere_isItsOwnMessage() throws Exception {
        IsolatorRegistry registry = with(Unable.class);

        assertThatThrownBy(() -> registry.make("acme/good", parts(), List.of()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no license here");
    }

    @Test
    void require_unknown_listsThoseThereAre() throws Exception {
        IsolatorRegistry registry = with(Good.class);

        assertThatThrownBy(() -> registry.require(Isolation.parse("acme/bad"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'acme/bad' is unknown", "cgroups/cpu", "acme/good", "class path");
        assertThatThrownBy(() ->
                        registry.require(Isolation.AUTO, List.of(new IsolatorOption("acme/good", "color", "red"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("isolator option 'acme/good:color' is unknown: acme/good takes key");
        registry.require(Isolation.parse("acme/good"), List.of(new IsolatorOption("acme/good", "key", "")));
    }

    @Test
    void option_ofItsForm_isParsed() {
        assertThat(IsolatorOption.parse("cgroups/devices:allow=c 1:3 rwm"))
                .isEqualTo(new IsolatorOption("cgroups/devices", "allow", "c 1:3 rwm"));
        assertThat(IsolatorOption.parse("a/b:c=")).isEqualTo(new IsolatorOption("a/b", "c", ""));
        assertThatThrownBy(() -> IsolatorOption.parse("a/b=c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a/b=c' is not of the form kind/name:key=value");
    }

    /** A provider without fault. */
    public static class Good implements IsolatorProvider {
        @Override
        public String name() {
            return "acme/good";
        }

        @Override
        public Set<String> controllers() {
            return Set.of("memory");
        }

        @Override
        public Set<String> options() {
            return Set.of("key");
        }

        @Override
        public Isolator create(IsolatorContext context) throws IOException {
            return new ScriptedIsolator("acme/good", context);
        }
    }

    /** Another one of the same name. */
    public static final class GoodToo extends Good {}

    /** Cannot be made. */
    public static final class NoConstructor extends Good {
        @SuppressWarnings("unused") // the parameter is the fault
        public NoConstructor(String parameter) {}
    }

    /** Cannot be made either. */
    public static final class ThrowingConstructor extends Good {
        public ThrowingConstructor() {
            throw new IllegalStateException("constructor");
        }
    }

    /** Does not know its own name. */
    public static final class ThrowingName extends Good {
        @Override
        public String name() {
            throw new UncheckedIOException(new IOException("name"));
        }
    }

    /** Has no name. */
    public static final class NoName extends Good {
        @Override
        @SuppressWarnings("NullAway") // the fault
        public String name() {
            return null;
        }
    }

    /** Has a name that nobody could ask for. */
    public static final class BadName extends Good {
        @Override
        public String name() {
            return "Good one";
        }
    }

    /** Has the name of one of Corral's own. */
    public static final class TakenName extends Good {
        @Override
        public String name() {
            return "cgroups/mem";
        }
    }

    /** Needs what there is not. */
    public static final class UnknownController extends Good {
        @Override
        public Set<String> controllers() {
            return Set.of("gpu");
        }
    }

    /** Fails when its isolator is asked for. */
    public static final class ThrowingCreate extends Good {
        @Override
        public Isolator create(IsolatorContext context) {
            throw new IllegalStateException("create");
        }
    }

    /** Was built against another release. */
    public static final class MissingClass extends Good {
        @Override
        public Isolator create(IsolatorContext context) {
            throw new NoClassDefFoundError("com/acme/Gone");
        }
    }

    /** Makes nothing. */
    public static final class NothingMade extends Good {
        @Override
        @SuppressWarnings("NullAway") // the fault
        public Isolator create(IsolatorContext context) {
            return null;
        }
    }

    /** Makes an isolator of another name. */
    public static final class AnotherMade extends Good {
        @Override
        public Isolator create(IsolatorContext context) {
            return new ScriptedIsolator("acme/other", context);
        }
    }

    /** Refuses what the operator set. */
    public static final class Refusing extends Good {
        @Override
        public Isolator create(IsolatorContext context) {
            throw new IllegalArgumentException("key is missing: give it");
        }
    }

    /** Cannot work on this host. */
    public static final class Unable extends Good {
        @Override
        public Isolator create(IsolatorContext context) throws IOException {
            throw new IOException("no license here");
        }
    }

    /** What the providers make. */
    private record ScriptedIsolator(String name, IsolatorContext context) implements Isolator {
        @Override
        public Contribution prepare(ContainerId id, LaunchRequest request) {
            return Contribution.NONE;
        }

        @Override
        public ContainerUsage usage(ContainerId id) {
            return ContainerUsage.nothing(Instant.now());
        }

        @Override
        public void cleanup(ContainerId id) {}
    }
}
