package org.corral.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.DelegatedControllers;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.linux.Linux;

/** A cgroup of a test's own in all hierarchies, and processes to put into it. Closing it removes both. */
final class OneCgroup implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String NAME = "one";

    private final TestRoot root;
    private final CgroupTree tree;
    private final Cgroup cgroup;
    private final LimitWriter limits;
    private final List<Process> processes = new ArrayList<>();

    private OneCgroup(TestRoot root, CgroupTree tree) throws IOException {
        this.root = root;
        this.tree = tree;
        this.cgroup = tree.create(NAME, "test");
        this.limits = new LimitWriter(tree.linux(), cgroup);
    }

    static OneCgroup create(TestRoot root) throws IOException {
        return new OneCgroup(root, tree(root));
    }

    static CgroupTree tree(TestRoot root) throws IOException {
        return tree(Linux.ofThisHost(), root);
    }

    static CgroupTree tree(Linux linux, TestRoot root) throws IOException {
        CgroupRoot own = new CgroupRoot(root.cgroup(), Optional.empty());
        CgroupLayout layout = DelegatedControllers.restrict(LayoutDiscovery.discover(linux), own);
        return new CgroupTree(linux, layout, CgroupPath.of(own.path()));
    }

    CgroupTree tree() {
        return tree;
    }

    Cgroup cgroup() {
        return cgroup;
    }

    ControlFiles files(Controller controller) throws IOException {
        return cgroup.files(controller).orElseThrow();
    }

    /** Writes limits. {@return what became of each} */
    List<KnobOutcome> limit(UnaryOperator<LimitPlan> filling) throws IOException {
        LimitPlan plan = filling.apply(limits.plan());
        plan.apply();
        return plan.outcomes();
    }

    /** Writes one limit. {@return what became of it} */
    KnobOutcome limitOne(UnaryOperator<LimitPlan> filling) throws IOException {
        return limit(filling).get(0);
    }

    /** {@return where it is, found without the code under test} */
    Path path(String controller) throws IOException {
        return CgroupMount.of(controller).directory(root).resolve(NAME);
    }

    /** {@return a process that is in no cgroup of the test's yet} */
    Process start(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    Process sleeping() throws IOException {
        return start("sleep", "1000");
    }

    Process attached(String... command) throws IOException {
        Process process = start(command);
        cgroup.attach((int) process.pid());
        return process;
    }

    /** Runs a script that begins when it is in the cgroup: what it forked or used before would be outside. */
    Process attachedScript(String script) throws IOException {
        Process process = attached("sh", "-c", "read line; " + script);
        process.outputWriter().append("go\n").close();
        return process;
    }

    @Override
    public void close() throws IOException {
        try {
            limits.close();
            cgroup.delete(PATIENCE);
            cgroup.close();
            tree.removeIfEmpty();
        } finally {
            for (Process process : processes) {
                Processes.end(process);
            }
        }
    }
}
