package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.InternalProcessesException;
import org.corral.cgroup.ThreadedCgroupException;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Threaded cgroups of v2. Only pids is bound: a controller that knows no threads would keep the kernel from making any. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.V2_PIDS})
class ThreadedIT {

    private static final String TYPE = "cgroup.type";
    private static final String THREADED = "threaded";
    private static final String PROCS = "cgroup.procs";

    private DelegatedCgroup top;
    private CgroupTree tree;
    private Process process;

    @BeforeEach
    void make(TestRoot own) throws IOException {
        top = DelegatedCgroup.make(own);
        tree = tree(own.cgroup());
        process = new ProcessBuilder("sleep", "1000").start();
    }

    private static CgroupTree tree(String root) throws IOException {
        Linux linux = Linux.ofThisHost();
        return new CgroupTree(
                linux, LayoutDiscovery.discover(linux).only(Set.of(Controller.PIDS)), CgroupPath.of(root));
    }

    @AfterEach
    void close() throws IOException {
        Processes.end(process);
        top.close();
    }

    @Test
    @Requires(Need.V2_TOP)
    void create_rootIsThreaded_refused() throws Exception {
        DelegatedCgroup.write(top.path(), TYPE, THREADED);

        ThreadedCgroupException e = catchThrowableOfType(ThreadedCgroupException.class, () -> tree.create("a", "test"));

        assertThat(e.type()).isEqualTo(THREADED);
        assertThat(e.cgroup()).isEqualTo(top.path().toString());
        assertThat(top.below()).isEmpty();
    }

    @Test
    void create_rootHasAThreadedChild_refused() throws Exception {
        DelegatedCgroup.write(top.make("t"), TYPE, THREADED);

        ThreadedCgroupException e = catchThrowableOfType(ThreadedCgroupException.class, () -> tree.create("a", "test"));

        assertThat(e.type()).isEqualTo("domain threaded");
        assertThat(top.below()).containsExactly("t");
    }

    @Test
    void create_belowARootInAThreadedSubtree_refusedBeforeItIsReached() throws Exception {
        DelegatedCgroup.write(top.make("t"), TYPE, THREADED);
        Path invalid = top.make("t/invalid");
        assertThat(DelegatedCgroup.read(invalid, TYPE)).isEqualTo("domain invalid");
        CgroupTree below = tree(tree.root() + "/t/invalid");

        assertThat(catchThrowableOfType(ThreadedCgroupException.class, () -> below.create("a", "test")))
                .isNotNull();
        assertThat(top.below()).containsExactly("t", "t/invalid");
    }

    @Test
    void attach_cgroupBecameThreaded_explained() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test")) {
            DelegatedCgroup.write(top.path().resolve("a"), TYPE, THREADED);

            ThreadedCgroupException e =
                    catchThrowableOfType(ThreadedCgroupException.class, () -> cgroup.attach((int) process.pid()));

            assertThat(e.type()).isEqualTo(THREADED);
            assertThat(e).hasMessageContaining("process " + process.pid());
            cgroup.delete(OneCgroup.PATIENCE);
        }
    }

    @Test
    void attach_siblingBecameThreaded_explained() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test")) {
            DelegatedCgroup.write(top.make("t"), TYPE, THREADED);

            ThreadedCgroupException e =
                    catchThrowableOfType(ThreadedCgroupException.class, () -> cgroup.attach((int) process.pid()));

            assertThat(e.type()).isEqualTo("domain invalid");
            cgroup.delete(OneCgroup.PATIENCE);
        }
    }

    @Test
    void delete_containerMadeThreadedCgroupsOfItsOwn_allGone() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test")) {
            cgroup.attach((int) process.pid());
            Path threads = top.make("a/threads");
            DelegatedCgroup.write(threads, TYPE, THREADED);
            DelegatedCgroup.write(threads, "cgroup.threads", String.valueOf(process.pid()));
            assertThat(Files.readString(threads.resolve("cgroup.threads"))).isNotEmpty();
            assertThat(cgroup.allPids()).containsExactly((int) process.pid());

            cgroup.delete(OneCgroup.PATIENCE);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(top.below()).isEmpty();
        }
    }

    /** The kernel would switch pids on there, and so make all children of it {@code domain invalid}. */
    @Test
    void create_cgroupAboveHoldsProcessesAndOnlyThreadedControllersAreWanted_refused() throws Exception {
        DelegatedCgroup.write(top.path(), PROCS, String.valueOf(process.pid()));
        CgroupTree below = tree(tree.root() + "/corral");

        InternalProcessesException e =
                catchThrowableOfType(InternalProcessesException.class, () -> below.create("a", "test"));

        assertThat(e.others()).containsExactly((int) process.pid());
        assertThat(DelegatedCgroup.read(top.path(), TYPE)).isEqualTo("domain");
    }
}
