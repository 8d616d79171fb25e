package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.PidsUsage;

/** An isolator that does what a script says. */
final class ScriptedIsolator implements Isolator {

    static final Limitation LIMITATION = new Limitation("mem", OptionalLong.of(10), OptionalLong.of(11), "too much");

    final CompletableFuture<Limitation> watch = new CompletableFuture<>();
    private final String name;
    private final Script script;
    private final Set<ContainerId> released = ConcurrentHashMap.newKeySet();
    private Contribution contribution = Contribution.NONE;
    private Map<String, String> details = Map.of();
    private Optional<Limitation> limitation = Optional.empty();
    private OptionalLong used = OptionalLong.of(1);
    private Optional<RecoveredContainer> recovered = Optional.empty();
    private Optional<Resources> updated = Optional.empty();

    ScriptedIsolator(String name, Script script) {
        this.name = name;
        this.script = script;
    }

    ScriptedIsolator contributing(Map<String, String> variables) {
        return contributing(Contribution.builder().environment(variables).build());
    }

    ScriptedIsolator contributing(Contribution more) {
        contribution = more;
        return this;
    }

    void known(Map<String, String> known) {
        details = known;
    }

    void limitedAtTheEnd(Limitation reached) {
        limitation = Optional.of(reached);
    }

    /** {@return the container that was taken over last} */
    Optional<RecoveredContainer> recovered() {
        return recovered;
    }

    /** {@return the containers that were let go of} */
    Set<ContainerId> released() {
        return Set.copyOf(released);
    }

    /** {@return what a container was to have at the last update} */
    Optional<Resources> updated() {
        return updated;
    }

    void use(OptionalLong processes) {
        used = processes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        script.enter(name + ".recover");
        recovered = Optional.of(container);
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        script.enter(name + ".prepare");
        return contribution;
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        script.enter(name + ".isolate");
    }

    @Override
    public CompletionStage<Limitation> watch(ContainerId id) {
        script.bugIfTold(name + ".watch");
        return watch;
    }

    @Override
    public Map<String, String> status(ContainerId id) throws IOException {
        script.failIfTold(name + ".status");
        return details;
    }

    @Override
    public void release(ContainerId id) {
        released.add(id);
        script.bugIfTold(name + ".release");
    }

    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        script.enter(name + ".limitation");
        return limitation;
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        script.enter(name + ".update");
        updated = Optional.of(resources);
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        script.enter(name + ".usage");
        return ContainerUsage.nothing(Instant.EPOCH).with(new PidsUsage(used, OptionalLong.empty()));
    }

    @Override
    public void cleanup(ContainerId id) throws IOException {
        script.enter(name + ".cleanup");
    }
}
