package org.corral.testing;

import static org.corral.linux.raw.Constants.CGROUP2_SUPER_MAGIC;
import static org.corral.linux.raw.Constants.CGROUP_SUPER_MAGIC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.corral.linux.Linux;
import org.corral.linux.mount.MountPoint;
import org.corral.linux.mount.MountTable;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;

/**
 * A host made of the text files in {@code layouts/NAME}: they are copied, a directory is made for each cgroup mount of
 * its mountinfo, and each tells the magic of the file system that mountinfo says is there.
 */
public final class LayoutFixture {

    private final FakeMagicFiles files = new FakeMagicFiles();
    private final Path root;
    private int userId;

    private LayoutFixture(Path root) {
        this.root = root;
    }

    /** {@return the host of that name, built in an empty directory} */
    public static LayoutFixture of(String name, Path emptyDirectory) throws IOException {
        LayoutFixture fixture = new LayoutFixture(emptyDirectory);
        fixture.copy(name);
        fixture.mount(MountTable.read(fixture.linux()).mounts());
        return fixture;
    }

    /** Lets the process be one of another user than root. */
    public LayoutFixture asUser(int uid) {
        userId = uid;
        return this;
    }

    /** {@return where an absolute path of the host is} */
    public Path path(String absolute) {
        return linux().path(absolute);
    }

    /** {@return a directory of the host, made if need be} */
    public Path directory(String absolute) {
        try {
            return Files.createDirectories(path(absolute));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the fake, to change what it tells} */
    public FakeMagicFiles files() {
        return files;
    }

    /** {@return the way to this host} */
    public Linux linux() {
        ProcessCalls processes = (ProcessCalls) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ProcessCalls.class}, (proxy, method, args) -> {
                    if (method.getName().equals("effectiveUserId")) {
                        return userId;
                    }
                    throw new UnsupportedOperationException("unexpected call of " + method.getName());
                });
        Syscalls syscalls = new Syscalls(
                files.calls(),
                UnexpectedCalls.of(EventCalls.class),
                processes,
                UnexpectedCalls.of(AccountCalls.class),
                UnexpectedCalls.of(NamespaceCalls.class),
                UnexpectedCalls.of(BufferCalls.class));
        return new Linux(syscalls, root);
    }

    private void mount(List<MountPoint> mounts) {
        for (MountPoint mount : mounts) {
            if (mount.fsType().startsWith("cgroup")) {
                Path directory = directory(mount.mountPoint());
                files.magic(directory, mount.fsType().equals("cgroup2") ? CGROUP2_SUPER_MAGIC : CGROUP_SUPER_MAGIC);
            }
        }
    }

    /** The fixtures are in a folder, or for tests of other modules in a jar. */
    private void copy(String name) throws IOException {
        URI fixture = resource(name);
        if (fixture.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(fixture, Map.of())) {
                copy(jar.getPath("/layouts/" + name));
            }
        } else {
            copy(Path.of(fixture));
        }
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> sources = Files.walk(from)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Path target = root.resolve(from.relativize(source).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(source, target);
            }
        }
    }

    /** {@return one file of each host that has it; for tests beside the fixtures, which are not in a jar there} */
    public static List<byte[]> contents(String file) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        try (Stream<Path> hosts = Files.list(Path.of(resource("")))) {
            for (Path host : hosts.sorted().toList()) {
                if (Files.exists(host.resolve(file))) {
                    contents.add(Files.readAllBytes(host.resolve(file)));
                }
            }
        }
        return contents;
    }

    private static URI resource(String name) throws IOException {
        try {
            return Objects.requireNonNull(LayoutFixture.class.getResource("/layouts/" + name), "no fixture " + name)
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
