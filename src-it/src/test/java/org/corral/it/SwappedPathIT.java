package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.linux.FdBudget;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * CVE-2021-30465: what a path leads to is exchanged between a look at it and its use.
 *
 * <p>In a cgroup file system there are no links, so what is exchanged is a directory on the way to its mount point: a link that
 * leads now to where the hierarchy is really mounted, now to plain directories and files of the same names, which anybody could
 * have made. An agent that is short of descriptors keeps none open, and so walks that way for each write.
 */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.CPU, Need.PIDS})
class SwappedPathIT {

    private static final int WRITES = 10_000;
    private static final String DECOY = "nobody's";

    private OneCgroup one;
    private Hierarchy real;
    private Path way;
    private Path decoys;
    private Path decoy;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
        real = one.tree().layout().hierarchyOf(Controller.PIDS).orElseThrow();
        way = root.runtimeDirectory().resolve("way");
        decoys = Files.createDirectory(root.runtimeDirectory().resolve("decoys"));
        Path cgroup = decoys.resolve(real.mountPoint().getFileName())
                .resolve(one.cgroup().path().toString().substring(1));
        decoy = Files.writeString(Files.createDirectories(cgroup).resolve("pids.max"), DECOY);
        lead(real.mountPoint().resolveSibling(""));
    }

    @AfterEach
    void close() throws Exception {
        Files.deleteIfExists(way);
        new FileTrace(decoys).remove();
        one.close();
    }

    /** In one step, as rename(2) exchanges a link for another. */
    private void lead(Path where) throws IOException {
        Path link = Files.createSymbolicLink(way.resolveSibling("next"), where);
        Files.move(link, way, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    @Requires(Need.OPENAT2)
    void limitWrites_linkOnTheWaySwapped_noneLandsElsewhere() throws Exception {
        assertNoneLandsElsewhere(new RecordingLinux());
    }

    @Test
    void limitWrites_withoutOpenAt2_noneLandsElsewhere() throws Exception {
        assertNoneLandsElsewhere(new RecordingLinux(false));
    }

    private void assertNoneLandsElsewhere(RecordingLinux kernel) throws Exception {
        CgroupTree tree = new CgroupTree(
                kernel.linux(new FdBudget(1, count -> 1)),
                byWayOfTheLink(),
                one.tree().root());
        try (Cgroup cgroup = tree.open(OneCgroup.NAME).orElseThrow();
                LimitWriter writer = new LimitWriter(tree.linux(), cgroup)) {
            int refused = writeWhileSwapped(writer);

            assertThat(refused).as("writes that met the decoy").isBetween(1, WRITES - 1);
            assertThat(decoy).hasContent(DECOY);
            assertThat(Tree.files(decoys)).containsExactly(decoy);
            assertThat(write(writer, WRITES + 1)).as("when all is as it was").isTrue();
            assertThat(one.path("pids").resolve("pids.max")).hasContent(String.valueOf(WRITES + 1));
        }
    }

    private CgroupLayout byWayOfTheLink() {
        Hierarchy led = new Hierarchy(
                real.version(),
                way.resolve(real.mountPoint().getFileName()),
                real.ownPath(),
                Set.of(Controller.PIDS),
                real.writable(),
                real.name());
        return new CgroupLayout(List.of(led), Map.of(Controller.PIDS, led), Map.of());
    }

    private int writeWhileSwapped(LimitWriter writer) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch swapped = new CountDownLatch(2);
        Thread swapping = new Thread(() -> swapUntil(over, swapped));
        swapping.start();
        swapped.await();
        int refused = 0;
        try {
            for (int limit = 1; limit <= WRITES; limit++) {
                refused += write(writer, limit) ? 0 : 1;
            }
        } finally {
            over.set(true);
            swapping.join();
        }
        return refused;
    }

    private void swapUntil(AtomicBoolean over, CountDownLatch swapped) {
        try {
            while (!over.get()) {
                lead(decoys);
                lead(real.mountPoint().resolveSibling(""));
                swapped.countDown();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether it was written; false if what the path led to was refused} */
    private static boolean write(LimitWriter writer, long limit) throws IOException {
        writer.forget();
        try {
            return writer.plan().pids(Limit.of(limit)).apply();
        } catch (ErrnoException e) {
            assertThat(e.errno()).as(e.getMessage()).isIn(Errno.EXDEV, Errno.ENOENT);
            return false;
        }
    }
}
