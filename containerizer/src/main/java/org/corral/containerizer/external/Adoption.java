package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.corral.containerizer.lifecycle.Roster;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the containers that a program still has, and destroys those that this agent has no note of. Thread-safe. */
final class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final Roster<ExternalContainer> containers;
    private final ProgramCalls calls;
    private final MemoStore memos;
    private final Endings endings;

    Adoption(Roster<ExternalContainer> containers, ProgramCalls calls, MemoStore memos, Endings endings) {
        this.containers = containers;
        this.calls = calls;
        this.memos = memos;
        this.endings = endings;
    }

    /** {@return all there are then} Those without a note are gone, but for one whose destroy failed. */
    Set<ContainerId> run() throws IOException {
        calls.recover();
        List<String> names = calls.containers();
        Map<ContainerId, Memo> known = memos.list();
        List<ExternalContainer> orphans = new ArrayList<>();
        for (String name : names) {
            parse(name).ifPresent(id -> adopt(id, Optional.ofNullable(known.get(id)), orphans));
        }
        for (ContainerId id : known.keySet()) {
            if (containers.find(id).isEmpty()) {
                memos.remove(id);
            }
        }
        orphans.forEach(this::awaitEnd);
        return containers.ids();
    }

    private static Optional<ContainerId> parse(String name) {
        try {
            return Optional.of(ContainerId.of(name));
        } catch (IllegalArgumentException e) {
            LOG.warn("a container of the program's is left alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void adopt(ContainerId id, Optional<Memo> memo, List<ExternalContainer> orphans) {
        ExternalContainer container = new ExternalContainer(
                memo.orElseGet(() -> new Memo(id, Instant.now(), Optional.empty(), Resources.NONE)));
        containers.enter(id, container);
        container.markLaunched();
        try {
            endings.watch(container);
        } catch (IOException e) {
            LOG.warn("the end of container {} will not be noticed: {}", id, e.getMessage());
            container.fail(e);
        }
        if (memo.isEmpty()) {
            orphans.add(container);
            LOG.info("container {} is not known here, and is destroyed", id);
            endings.destroy(container, TerminationReason.DESTROYED);
        }
    }

    private void awaitEnd(ExternalContainer orphan) {
        try {
            orphan.termination().join();
        } catch (CompletionException e) {
            LOG.warn("container {}, which is not known here, could not be destroyed", orphan.id(), e);
        }
    }
}
