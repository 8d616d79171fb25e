package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.Identity;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HandoverTest {

    private static final Identity ALICE = new Identity(1000, 1001);

    @TempDir
    private Path root;

    private static FakeHierarchy unified(Host.Booted booted) {
        return booted.hierarchies().get(booted.hierarchies().size() - 1);
    }

    @Test
    void handOver_v2_whatTheKernelDelegatesAndNoLimit() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "agent-1")) {
            cgroup.handOver(ALICE, 7);
        }

        FakeCgroup given = unified(booted).at("/corral/a");
        assertThat(given.owners())
                .isEqualTo(Map.of(
                        ".", "1000:1001",
                        "cgroup.procs", "1000:1001",
                        "cgroup.threads", "1000:1001",
                        "cgroup.subtree_control", "1000:1001"));
        assertThat(given.file("cgroup.max.descendants")).isEqualTo("7");
        assertThat(given.file("cgroup.max.depth")).isEqualTo("32");
        assertThat(given.attribute("trusted.corral.owner")).contains("agent-1");
        assertThat(unified(booted).at("/corral").owners()).isEmpty();
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void handOver_hybrid_nothingOnV1() throws Exception {
        Host.Booted booted = Host.HYBRID.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.handOver(ALICE, 7);
        }

        assertThat(unified(booted).at("/corral/a").owners()).isNotEmpty();
        assertThat(booted.hierarchies().subList(0, 2))
                .allSatisfy(v1 -> assertThat(v1.at("/corral/a").owners()).isEmpty());
    }

    @Test
    void handOver_v1Alone_refused() throws Exception {
        try (Cgroup cgroup = Host.V1_SEPARATE.boot(root).tree().create("a", "")) {
            assertThatThrownBy(() -> cgroup.handOver(ALICE, 7))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("/corral/a");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("fsetxattr", "trusted.corral.owner", Errno.EPERM),
                Arguments.of("write", "cgroup.max.depth", Errno.EACCES),
                Arguments.of("write", "cgroup.max.descendants", Errno.EACCES),
                Arguments.of("openat2", "cgroup.threads", Errno.EMFILE),
                Arguments.of("fchown", "cgroup.procs", Errno.EPERM),
                Arguments.of("fchown", "corral/a, 1000", Errno.EPERM));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void handOver_aStepFails_isToldAndTheDirectoryIsNotGivenAway(String call, String what, Errno errno)
            throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().failNext(call, what, errno);

            assertThatThrownBy(() -> cgroup.handOver(ALICE, 7))
                    .isInstanceOfSatisfying(
                            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(errno))
                    .hasMessageContaining("/corral/a");

            assertThat(unified(booted).at("/corral/a").owners()).doesNotContainKey(".");
            cgroup.delete(Duration.ofMinutes(1));
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    /** The owner of a directory may change its mode, and those of its attributes that are called user. */
    @Test
    void openOwn_userTookTheMarksAway_isCorralsAllTheSame() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.handOver(ALICE, 7);
        }
        unified(booted).at("/corral/a").withoutMarks();

        try (Cgroup cgroup = booted.tree().openOwn("a").orElseThrow()) {
            assertThat(cgroup.directories()).hasSize(1);
        }
        assertThat(List.copyOf(booted.kernel().openDescriptors())).isEmpty();
    }
}
