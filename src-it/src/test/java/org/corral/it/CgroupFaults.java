package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.linux.Linux;
import org.jspecify.annotations.Nullable;

/** What the containerizer does with cgroups, without it: one cgroup with one process. */
final class CgroupFaults {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestRoot root;
    private final Linux linux;
    private final CgroupTree tree;

    CgroupFaults(TestRoot root, Linux faulty) throws IOException {
        this.root = root;
        this.linux = faulty;
        this.tree = OneCgroup.tree(faulty, root);
    }

    /** A creation, which is undone as a whole. */
    FaultyOperation creating() {
        return new Operation("create a cgroup") {
            @Override
            public void prepare() {}

            @Override
            public void run() throws Exception {
                create();
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    for (CgroupMount mount : CgroupMount.ofThisHost()) {
                        assertThat(mount.directory(root)).doesNotExist();
                    }
                    create();
                }
                assertThat(cgroup().pids()).isEmpty();
            }
        };
    }

    /** Attaching a process: it is in all hierarchies, or the failure says in which not. */
    FaultyOperation attaching() {
        return new Operation("attach a process") {
            @Override
            public void prepare() throws Exception {
                create();
                start();
            }

            @Override
            public void run() throws Exception {
                attach();
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    attach();
                }
                assertThat(cgroup().pids()).hasSize(1);
            }
        };
    }

    /** Freezing: what fails leaves nothing frozen. */
    FaultyOperation freezing() {
        return new Operation("freeze") {
            @Override
            public void run() throws Exception {
                cgroup().freeze(PATIENCE);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    assertThat(state()).isEqualTo(ControlFile.FREEZER.either("THAWED", "0"));
                    run();
                }
                assertThat(state()).isEqualTo(ControlFile.FREEZER.either("FROZEN", "1"));
                cgroup().thaw();
            }

            private String state() throws IOException {
                return ControlFile.FREEZER.read(root, OneCgroup.NAME);
            }

            /** What is frozen does not die on v1. */
            @Override
            public void end() throws Exception {
                cgroup().thaw();
                super.end();
            }
        };
    }

    /** All of its processes end, and then it is removed. */
    FaultyOperation killing() {
        return new Operation("kill and delete") {
            @Override
            public void run() throws Exception {
                cgroup().killAll(PATIENCE);
                cgroup().delete(PATIENCE);
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                if (failure.isPresent()) {
                    run();
                }
                for (CgroupMount mount : CgroupMount.ofThisHost()) {
                    assertThat(mount.directory(root).resolve(OneCgroup.NAME)).doesNotExist();
                }
            }
        };
    }

    /** A sample: what could not be read is absent, and all else is there. */
    FaultyOperation sampling() {
        return new Operation("sample") {
            @Override
            public void run() throws Exception {
                try (UsageSampler sampler = sampler()) {
                    sampler.sample(sampler.add(cgroup()));
                }
            }

            @Override
            public void settle(Optional<Exception> failure) throws Exception {
                assertThat(failure).isEmpty();
                try (UsageSampler sampler = sampler()) {
                    SampledCgroup sampled = sampler.add(cgroup());
                    sampler.sample(sampled);
                    assertThat(sampled.get(UsageColumn.PIDS)).hasValue(1);
                }
            }

            private UsageSampler sampler() {
                return new UsageSampler(linux, tree.layout(), EnumSet.allOf(UsageColumn.class));
            }
        };
    }

    private abstract class Operation implements FaultyOperation {
        private final String name;
        private @Nullable Cgroup cgroup;
        private @Nullable Process process;

        Operation(String name) {
            this.name = name;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public void prepare() throws Exception {
            create();
            start();
            attach();
        }

        final Cgroup cgroup() {
            return Objects.requireNonNull(cgroup);
        }

        final void create() throws IOException {
            cgroup = tree.create(OneCgroup.NAME, "test");
        }

        final void start() throws IOException {
            process = new ProcessBuilder("sleep", "1000").start();
        }

        final void attach() throws IOException {
            cgroup().attach((int) Objects.requireNonNull(process).pid());
        }

        @Override
        public void end() throws Exception {
            if (process != null) {
                Processes.end(process);
                process = null;
            }
            if (cgroup != null) {
                cgroup.delete(PATIENCE);
                cgroup.close();
                cgroup = null;
            }
            tree.removeIfEmpty();
        }
    }
}
