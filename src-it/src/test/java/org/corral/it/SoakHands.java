package org.corral.it;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;

/** Takes the steps of a soak as an agent, each of which changes the model and is compared with it. Confined to one thread. */
final class SoakHands {

    private static final int SIGKILL = 9;
    private static final List<Integer> SIGNALS = List.of(SIGKILL, 10, 15);

    /** Any of these gives whole shares on v1 and a whole weight on v2. */
    private static final List<String> CPUS = List.of("0.25", "0.5", "0.75", "1", "2");

    private static final int FEWEST_PIDS = 10;
    private static final int MEBIBYTES = 48;
    private static final int MORE_MEBIBYTES = 80;

    /** The least that a container is given by default. */
    private static final int OOM_MEBIBYTES = 32;

    private final Map<String, String> environment;
    private final CgroupTree tree;
    private final SoakModel model;
    private final SoakEnds ends = new SoakEnds();
    private final Random random;
    private Host host;
    private int number;

    SoakHands(TestRoot root, Host host, SoakModel model, Random random) throws IOException {
        this.environment = MarkedProcesses.of(root).environment();
        this.host = host;
        this.tree = new CgroupTree(Linux.ofThisHost(), host.corral().layout(), CgroupPath.of(root.cgroup()));
        this.model = model;
        this.random = random;
    }

    /** Goes on with another agent of the same root. */
    void goOn(Host next) {
        host = next;
    }

    /** {@return what was wrong} */
    List<String> take(SoakStep step) throws IOException {
        return switch (step) {
            case LAUNCH -> launch();
            case BRIEF -> brief();
            case OOM -> outOfMemory();
            case UPDATE -> update(model.any(step, random));
            case SAMPLE -> sample(model.any(step, random));
            case PAUSE, RESUME -> pause(model.any(step, random));
            case SIGNAL -> signal(model.any(step, random));
            case DESTROY -> destroy(model.any(step, random));
        };
    }

    /** {@return what was wrong with ends that were still to come; none is afterwards} */
    List<String> settle() {
        return ends.settle();
    }

    private ContainerId launch(Behaviour behaviour, Resources limits, String... command) throws IOException {
        number++;
        ContainerId id = behaviour.id("s" + number);
        LaunchRequest request =
                Host.command(command).environment(environment).resources(limits).build();
        LaunchOutcome outcome = host.containers().launch(id, request);
        if (outcome != LaunchOutcome.LAUNCHED) {
            throw new IOException("launch of " + id + " was answered " + outcome);
        }
        return id;
    }

    private List<String> launch() throws IOException {
        Resources limits = limits();
        ContainerId id = launch(Behaviour.STAYS, limits, Behaviour.STAYS.command(random));
        model.put(new SoakContainer(id, host.pid(id), limits, false));
        return List.of();
    }

    private List<String> brief() throws IOException {
        Behaviour behaviour = Behaviour.brief(random);
        try {
            ContainerId id = launch(behaviour, limits(), behaviour.command(random));
            ExitStatus status = behaviour.end().orElseThrow(() -> new IOException(id + " was launched"));
            TerminationReason reason =
                    behaviour == Behaviour.DIES ? TerminationReason.SIGNALED : TerminationReason.EXITED;
            return ends.expect(id, reason, status, host.containers().wait(id));
        } catch (LaunchException e) {
            return behaviour == Behaviour.MISSING ? List.of() : List.of("launch failed: " + e);
        }
    }

    private List<String> outOfMemory() throws IOException {
        Resources limits = limits().withMemory(DataSize.ofMebibytes(OOM_MEBIBYTES));
        ContainerId id = launch(Behaviour.DIES, limits, "tail", "/dev/zero");
        return ends.expect(
                id,
                TerminationReason.LIMITATION,
                new ExitStatus.Signaled(SIGKILL),
                host.containers().wait(id));
    }

    private List<String> update(SoakContainer container) throws IOException {
        MemoryLowering lowering = random.nextBoolean() ? MemoryLowering.KEEP : MemoryLowering.FORCE;
        Resources wanted = limits();
        if (random.nextBoolean()) { // not always all of them
            wanted = Resources.NONE.withPids(wanted.pids().orElseThrow());
        }
        boolean isKnown = host.containers().update(container.id(), wanted, lowering);
        model.put(container.updated(wanted, lowering));
        return isKnown ? List.of() : List.of("update does not know " + container.id());
    }

    private List<String> sample(SoakContainer container) throws IOException {
        ContainerUsage usage = host.containers().usage(container.id());
        OptionalLong memory = usage.memory().orElseThrow().limitBytes();
        OptionalLong pids = usage.pids().orElseThrow().limit();
        long current = usage.pids().orElseThrow().current().orElse(0);
        Resources limits = container.limits();
        boolean isRight =
                memory.equals(OptionalLong.of(limits.memory().orElseThrow().bytes()))
                        && pids.equals(limits.pids())
                        && current == 1;
        return isRight ? List.of() : List.of("usage of " + container + " was told as " + usage);
    }

    /** Or lets it go on if it is paused. */
    private List<String> pause(SoakContainer container) throws IOException {
        try (Cgroup cgroup = tree.open(container.id().value()).orElseThrow()) {
            if (container.isPaused()) {
                cgroup.thaw();
            } else {
                cgroup.freeze(Host.PATIENCE);
            }
        }
        model.put(container.paused(!container.isPaused()));
        return List.of();
    }

    private List<String> signal(SoakContainer container) throws IOException {
        int signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
        model.remove(container.id());
        if (!host.containers().kill(container.id(), signal)) {
            return List.of("signal " + signal + " did not reach " + container);
        }
        return ends.expect(
                container.id(),
                TerminationReason.SIGNALED,
                new ExitStatus.Signaled(signal),
                host.containers().wait(container.id()));
    }

    /** {@return what was wrong} */
    List<String> destroy(SoakContainer container) {
        model.remove(container.id());
        return ends.expect(
                container.id(),
                TerminationReason.DESTROYED,
                Behaviour.DESTROYED,
                host.containers().destroy(container.id()));
    }

    private Resources limits() {
        return Resources.NONE
                .withCpus(CpuAmount.parse(CPUS.get(random.nextInt(CPUS.size()))))
                .withMemory(DataSize.ofMebibytes(MEBIBYTES + random.nextInt(MORE_MEBIBYTES)))
                .withPids(FEWEST_PIDS + random.nextInt(FEWEST_PIDS));
    }
}
