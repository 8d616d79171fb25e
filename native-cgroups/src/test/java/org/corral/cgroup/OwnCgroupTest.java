package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which cgroups an agent takes for Corral's. */
class OwnCgroupTest {

    private static final String OWNER = "agent-1";

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void openOwn_agentDiedBeforeTheOwnerWasKept_isOpened(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        booted.kernel().calls().failNext("fsetxattr", "", Errno.EOPNOTSUPP, Integer.MAX_VALUE);
        booted.tree().create("a", OWNER).close();

        try (Cgroup cgroup = booted.tree().openOwn("a").orElseThrow()) {
            assertThat(cgroup.owner()).isEmpty();
            assertThat(cgroup.directories()).hasSameSizeAs(booted.hierarchies());
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void openOwn_anothersInOneHierarchy_isLeftOut() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.tree().create("a", OWNER).close();
        FakeHierarchy other = booted.hierarchies().get(0);
        other.remove("/corral/a");
        other.make("/corral/a");

        try (Cgroup cgroup = booted.tree().openOwn("a").orElseThrow()) {
            assertThat(cgroup.directories())
                    .extracting(CgroupDir::hierarchy)
                    .isNotEmpty()
                    .doesNotContain(other.described());
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void openOwn_anothersEverywhere_refused() {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.hierarchies().forEach(hierarchy -> hierarchy.make("/corral/a"));

        assertThatExceptionOfType(ForeignCgroupException.class)
                .isThrownBy(() -> booted.tree().openOwn("a"))
                .withMessageContaining("/corral/a bears no mark of Corral");
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void openOwn_markCannotBeRead_toldAndClosed() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.tree().create("a", OWNER).close();
        booted.kernel().calls().failNext("fgetxattr", "", Errno.EIO);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().openOwn("a"))
                .matches(e -> e.is(Errno.EIO));
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void openOwn_none_empty() throws Exception {
        assertThat(Host.V1_SEPARATE.boot(root).tree().openOwn("a")).isEmpty();
    }
}
