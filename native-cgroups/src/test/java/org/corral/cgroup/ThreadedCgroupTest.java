package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadedCgroupTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "/corral, threaded",
        "/corral, domain invalid",
        "/corral, domain threaded",
        "/a, threaded",
        "/a, domain threaded"
    })
    void create_belowThreaded_refusedNamingTypeAndRemedy(String cgroup, String type) {
        Host.Booted booted = Host.V2.boot(root);
        FakeHierarchy unified = booted.hierarchies().get(0);
        unified.make(cgroup).file("cgroup.type", type);
        CgroupPath containers = CgroupPath.of(cgroup.equals("/a") ? "/a/corral" : "/corral");
        CgroupTree tree =
                new CgroupTree(booted.kernel().linux(), booted.kernel().layout(), containers);

        assertThatExceptionOfType(ThreadedCgroupException.class)
                .isThrownBy(() -> tree.create("c", ""))
                .withMessageContaining("is of type \"" + type + "\"")
                .withMessageContaining("choose a root")
                .matches(e ->
                        e.cgroup().equals("/sys/fs/cgroup" + cgroup) && e.type().equals(type));

        assertThat(unified.at(cgroup).children()).isEmpty();
        assertThat(unified.at("/").file("cgroup.subtree_control")).isEmpty();
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void create_belowThreadedOnHybridHost_refusedThoughNoControllerIsWanted() {
        Host.Booted booted = Host.HYBRID.boot(root);
        booted.hierarchies().get(2).make("/corral").file("cgroup.type", "threaded");

        assertThatExceptionOfType(ThreadedCgroupException.class)
                .isThrownBy(() -> booted.tree().create("a", ""));
        assertThat(booted.hierarchies().get(0).find("/corral")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"threaded", "domain invalid"})
    void attach_becameThreadedSince_refusedNamingTypeAndProcess(String type) throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().get(0).at("/corral/a").file("cgroup.type", type);

            assertThatExceptionOfType(ThreadedCgroupException.class)
                    .isThrownBy(() -> cgroup.attach(process.pid()))
                    .withMessageContaining("/sys/fs/cgroup/corral/a is of type \"" + type + "\"")
                    .withMessageContaining("process " + process.pid() + " cannot be held there")
                    .satisfies(e -> assertThat(e.getCause())
                            .isInstanceOfSatisfying(ErrnoException.class, cause -> assertThat(cause.errno())
                                    .isEqualTo(Errno.EOPNOTSUPP)));
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }
}
