package org.corral.cgroup.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.linux.errno.Errno;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootSelectionTest {

    private static final String SERVICE = "/system.slice/agent.service";
    private static final String USER_SCOPE = "/user.slice/user-1000.slice/user@1000.service/app.slice/run-r7.scope";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"/corral", "/a/b", "/user@1000.service/x:y_z-1", "/..a", "/auto"})
    void select_absolutePath_isTaken(String option) throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-ubuntu2404", directory);

        assertThat(select(option, host)).isEqualTo(new CgroupRoot(option, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "corral",
                "/",
                "//",
                "/a/",
                "/a//b",
                "/..",
                "/a/../b",
                "/a/.",
                "/a b",
                "/a\nb",
                "/\0",
                "/é",
                "/a\\x",
                "AUTO",
                "/cgroup.procs",
                "/a/tasks/b",
                "/release_agent"
            })
    void select_otherText_isRefusedNamingValueAndRemedy(String option) throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-ubuntu2404", directory);

        assertThatThrownBy(() -> select(option, host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + option.replace('\n', '?').replace('\0', '?') + "\"")
                .hasMessageContaining("give auto, or a path such as /corral");
    }

    @Test
    void select_autoWithoutSystemd_isAtTheTopWithoutWarning() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-separate", directory);

        assertThat(select("auto", host)).isEqualTo(new CgroupRoot("/corral", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.delegate", "trusted.delegate"})
    void select_autoInDelegatedUnit_isBelowIt(String mark) throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        host.files().attribute(host.directory("/sys/fs/cgroup" + SERVICE), mark, "1");

        assertThat(select("auto", host)).isEqualTo(new CgroupRoot(SERVICE + "/corral", Optional.empty()));
        assertThat(host.files().openCount()).isZero();
    }

    @Test
    void select_autoOnKernelWithoutUserAttributes_goesByTheTrustedOne() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        Path own = host.directory("/sys/fs/cgroup" + SERVICE);
        host.files().failAttribute(own, "user.delegate", Errno.EOPNOTSUPP);
        host.files().attribute(own, "trusted.delegate", "1");

        assertThat(select("auto", host).path()).isEqualTo(SERVICE + "/corral");
    }

    @Test
    void select_autoOnV1_goesBySystemdsHierarchy() throws IOException {
        LayoutFixture host = systemd("v1-co-mounted-almalinux8");
        host.files().attribute(host.directory("/sys/fs/cgroup/systemd" + SERVICE), "trusted.delegate", "1");

        assertThat(select("auto", host)).isEqualTo(new CgroupRoot(SERVICE + "/corral", Optional.empty()));
    }

    @Test
    void select_autoMarkOnAnotherV1Hierarchy_isNoDelegation() throws IOException {
        LayoutFixture host = systemd("v1-co-mounted-almalinux8");
        host.files().attribute(host.directory("/sys/fs/cgroup/memory" + SERVICE), "trusted.delegate", "1");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoInDelegateSubgroup_isBelowTheUnit() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        write(host, "/proc/self/cgroup", "0::" + SERVICE + "/agent\n");
        host.directory("/sys/fs/cgroup" + SERVICE + "/agent");
        host.files().attribute(host.path("/sys/fs/cgroup" + SERVICE), "user.delegate", "1");

        assertThat(select("auto", host).path()).isEqualTo(SERVICE + "/corral");
    }

    @Test
    void select_autoInUnitOfDelegatedManager_doesNotBuildBesideTheUnit() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        write(host, "/proc/self/cgroup", "0::/user@0.service/x.service\n");
        host.directory("/sys/fs/cgroup/user@0.service/x.service");
        host.files().attribute(host.path("/sys/fs/cgroup/user@0.service"), "user.delegate", "1");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoNotDelegated_isAtTheTopWithAWarning() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        host.files().attribute(host.directory("/sys/fs/cgroup" + SERVICE), "user.delegate", "0");

        CgroupRoot root = select("auto", host);

        assertThat(root.path()).isEqualTo("/corral");
        assertThat(root.warning().orElseThrow())
                .contains("/corral", "Delegate=yes", "DelegateSubgroup=")
                .doesNotContain("\n");
    }

    @Test
    void select_autoAndOwnCgroupCannotBeOpened_isAtTheTopWithAWarning() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");

        CgroupRoot root = select("auto", host);

        assertThat(root.path()).isEqualTo("/corral");
        assertThat(root.warning()).isPresent();
    }

    @Test
    void select_autoAsUserWithWritableCgroup_isBelowIt() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-user-fedora41", directory).asUser(1000);
        delegated(host, USER_SCOPE, "4242\n");

        assertThat(select("auto", host)).isEqualTo(new CgroupRoot(USER_SCOPE + "/corral", Optional.empty()));
    }

    @Test
    void select_autoAsUserWithWritableCgroupUnderSystemd_warns() throws IOException {
        LayoutFixture host = systemd("v2-user-fedora41").asUser(1000);
        delegated(host, USER_SCOPE, "4242\n");

        CgroupRoot root = select("auto", host);

        assertThat(root.path()).isEqualTo(USER_SCOPE + "/corral");
        assertThat(root.warning().orElseThrow()).contains("Delegate=yes");
    }

    @Test
    void select_autoAsRootWithWritableCgroup_isAtTheTop() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-user-fedora41", directory).asUser(0);
        delegated(host, USER_SCOPE, "4242\n");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoAsUserWhoseCgroupIsNotWritable_isAtTheTop() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-user-fedora41", directory).asUser(1000);

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup.procs", "cgroup.subtree_control"})
    void select_autoAsUserWithDirectoryButNotItsFiles_isAtTheTop(String file) throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-user-fedora41", directory).asUser(1000);
        Files.delete(delegated(host, USER_SCOPE, "4242\n").resolve(file));

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoAsUserInALeafOfItsOwn_isBesideTheLeaf() throws IOException {
        LayoutFixture host = userIn("/delegated/agent");
        delegated(host, "/delegated", "");

        assertThat(select("auto", host)).isEqualTo(new CgroupRoot("/delegated/corral", Optional.empty()));
    }

    @Test
    void select_autoAsUserInALeafOfANamespace_isBesideTheLeaf() throws IOException {
        LayoutFixture host = userIn("/agent");
        delegated(host, "/", "");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoAsUserAndProcessesAbove_isBelowTheOwn() throws IOException {
        LayoutFixture host = userIn("/delegated/agent");
        delegated(host, "/delegated", "77\n");

        assertThat(select("auto", host).path()).isEqualTo("/delegated/agent/corral");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup.procs", "cgroup.subtree_control"})
    void select_autoAsUserWhoMayNotBuildAbove_isBelowTheOwn(String file) throws IOException {
        LayoutFixture host = userIn("/delegated/agent");
        Files.delete(delegated(host, "/delegated", "").resolve(file));

        assertThat(select("auto", host).path()).isEqualTo("/delegated/agent/corral");
    }

    @Test
    void select_autoAsUserUnderSystemdInALeaf_isBelowTheOwnAndWarns() throws IOException {
        LayoutFixture host = userIn("/delegated/agent");
        delegated(host, "/delegated", "");
        host.directory("/run/systemd/system");

        assertThat(select("auto", host).path()).isEqualTo("/delegated/agent/corral");
        assertThat(select("auto", host).warning()).isPresent();
    }

    @Test
    void select_autoAsUserInAUnit_isNotBesideIt() throws IOException {
        LayoutFixture host = userIn("/app.slice/run.scope");
        delegated(host, "/app.slice", "");

        assertThat(select("auto", host).path()).isEqualTo("/app.slice/run.scope/corral");
    }

    @Test
    void select_autoAsUserOnReadOnlyMount_isAtTheTop() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-namespace-docker", directory).asUser(1000);
        write(host, "/proc/self/cgroup", "0::/own\n");
        delegated(host, "/own", "");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    @Test
    void select_autoWithCgroupNameThatJavaCannotExpress_isAtTheTop() throws IOException {
        LayoutFixture host = systemd("v2-ubuntu2404");
        write(host, "/proc/self/cgroup", "0::/a\0b\n");

        assertThat(select("auto", host).path()).isEqualTo("/corral");
    }

    private LayoutFixture userIn(String cgroup) throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-user-fedora41", directory).asUser(1000);
        write(host, "/proc/self/cgroup", "0::" + cgroup + "\n");
        delegated(host, cgroup, "4242\n");
        return host;
    }

    private static Path delegated(LayoutFixture host, String cgroup, String procs) throws IOException {
        Path made = host.directory("/sys/fs/cgroup" + (cgroup.equals("/") ? "" : cgroup));
        Files.writeString(made.resolve("cgroup.procs"), procs);
        Files.writeString(made.resolve("cgroup.subtree_control"), "");
        return made;
    }

    private LayoutFixture systemd(String name) throws IOException {
        LayoutFixture host = LayoutFixture.of(name, directory);
        host.directory("/run/systemd/system");
        return host;
    }

    private static void write(LayoutFixture host, String path, String text) throws IOException {
        Files.writeString(host.path(path), text);
    }

    private static CgroupRoot select(String option, LayoutFixture host) throws IOException {
        return RootSelection.select(option, LayoutDiscovery.discover(host.linux()), host.linux());
    }
}
