package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan;
import org.corral.testing.FakeKernel;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BirthTest {

    private static final SpawnPlan PLAN = new SpawnPlan("/bin/true", List.of("true"), List.of(), List.of(), true);

    @TempDir
    Path root;

    private final AtomicInteger probes = new AtomicInteger();
    private final List<SpawnPlan> started = new ArrayList<>();
    private Cgroup cgroup;
    private CgroupDir place;
    private CgroupDir.Pin pin;

    @BeforeEach
    void make() throws IOException {
        FakeLinux kernel = new FakeLinux(root);
        kernel.mountV2(Controller.PIDS);
        cgroup = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral")).create("c", "");
        place = cgroup.birthplace().orElseThrow();
        pin = place.pin();
    }

    @AfterEach
    void close() {
        pin.close();
        cgroup.close();
    }

    /** {@return a host whose answer to a probe is this: EBADF where a child can be born in a cgroup} */
    private Linux answering(Errno errno) {
        return new FakeKernel()
                .on("spawn", arguments -> {
                    probes.incrementAndGet();
                    throw new ErrnoException("posix_spawn", errno, "probe");
                })
                .linux(root);
    }

    private OptionalInt start(SpawnPlan plan) {
        started.add(plan);
        return plan.cgroup();
    }

    @Test
    void in_possible_bornInTheCgroup() throws Exception {
        OptionalInt born = new Birth(answering(Errno.EBADF)).in(Optional.of(place), PLAN, this::start);

        assertThat(born).hasValue(pin.descriptor());
        assertThat(started).containsExactly(PLAN.inCgroup(pin.descriptor()));
    }

    @Test
    void in_manyTimes_probedOnce() throws Exception {
        Birth birth = new Birth(answering(Errno.EBADF));
        for (int i = 0; i < 3; i++) {
            birth.in(Optional.of(place), PLAN, this::start);
        }
        assertThat(started).hasSize(3);
        assertThat(probes).hasValue(1);
    }

    @Test
    void in_notPossible_bornInTheAgents() throws Exception {
        new Birth(answering(Errno.EOPNOTSUPP)).in(Optional.of(place), PLAN, this::start);

        assertThat(started).containsExactly(PLAN);
    }

    @Test
    void in_libraryWithoutTheFunction_bornInTheAgents() throws Exception {
        Linux old = new FakeKernel()
                .on("spawn", arguments -> {
                    throw new UnsatisfiedLinkError("posix_spawnattr_setcgroup_np");
                })
                .linux(root);

        new Birth(old).in(Optional.of(place), PLAN, this::start);

        assertThat(started).containsExactly(PLAN);
    }

    @Test
    void in_noV2Cgroup_notEvenProbed() throws Exception {
        new Birth(answering(Errno.EBADF)).in(Optional.empty(), PLAN, this::start);

        assertThat(started).containsExactly(PLAN);
        assertThat(probes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {95, 16, 38, 1, 13, 22, 11}) // EOPNOTSUPP EBUSY ENOSYS EPERM EACCES EINVAL EAGAIN
    void in_cgroupRefuses_bornInTheAgents(int refusal) throws Exception {
        Birth birth = new Birth(answering(Errno.EBADF));

        OptionalInt born = birth.in(Optional.of(place), PLAN, plan -> {
            start(plan);
            if (plan.cgroup().isPresent()) {
                throw new ErrnoException("posix_spawn", new Errno(refusal), "by the test");
            }
            return plan.cgroup();
        });

        assertThat(born).isEmpty();
        assertThat(started).containsExactly(PLAN.inCgroup(pin.descriptor()), PLAN);
    }

    @Test
    void in_failsForAnotherReason_told() {
        Birth birth = new Birth(answering(Errno.EBADF));

        assertThatThrownBy(() -> birth.in(Optional.of(place), PLAN, plan -> {
                    start(plan);
                    throw new ErrnoException("posix_spawn", Errno.EMFILE, "by the test");
                }))
                .hasMessageContaining("EMFILE");
        assertThat(started).hasSize(1);
    }
}
