package org.corral.containerizer.external;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.corral.containerizer.lifecycle.Roster;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a program launch containers, and undoes what it did not finish. Thread-safe. */
final class Launches {

    private static final Logger LOG = LoggerFactory.getLogger(Launches.class);

    private final Roster<ExternalContainer> containers;
    private final ProgramCalls calls;
    private final MemoStore memos;
    private final Endings endings;
    private final ExternalOptions options;
    private final Sandboxes sandboxes;

    Launches(
            Roster<ExternalContainer> containers,
            ProgramCalls calls,
            MemoStore memos,
            Endings endings,
            ExternalOptions options,
            Sandboxes sandboxes) {
        this.containers = containers;
        this.calls = calls;
        this.memos = memos;
        this.endings = endings;
        this.options = options;
        this.sandboxes = sandboxes;
    }

    LaunchOutcome launch(ContainerId id, LaunchRequest request) throws LaunchException {
        LaunchCall launch = new LaunchCall(id, request, options.names());
        Optional<String> obstacle = launch.obstacle();
        if (obstacle.isPresent()) {
            LOG.info("container {} cannot be launched by '{}': {}", id, options.program(), obstacle.get());
            return LaunchOutcome.NOT_SUPPORTED;
        }
        ExternalContainer container =
                new ExternalContainer(new Memo(id, Instant.now(), launch.sandbox(), request.resources()));
        if (!containers.enter(id, container)) {
            return LaunchOutcome.ALREADY_LAUNCHED;
        }
        containers.forgetEnd(id);
        try {
            launch(container, launch);
            return LaunchOutcome.LAUNCHED;
        } catch (IOException | RuntimeException e) {
            throw new LaunchException(
                    LaunchException.Kind.FAILED, "container " + id + " was not launched: " + e.getMessage(), e);
        }
    }

    private void launch(ExternalContainer container, LaunchCall launch) throws IOException {
        boolean called = false;
        try {
            sandboxes.prepare(launch.sandbox(), launch.request().user());
            memos.save(container.memo());
            called = true;
            calls.launch(launch);
            endings.watch(container);
            container.markLaunched();
        } catch (ProgramFailure e) {
            giveUp(container);
            throw e;
        } catch (IOException | RuntimeException e) {
            if (!called || undone(container, e)) {
                giveUp(container);
            }
            throw e;
        }
    }

    private void giveUp(ExternalContainer container) {
        container.markFailed();
        endings.forget(container, Optional.empty());
    }

    /**
     * The program did not refuse: nobody knows how far it came. What cannot be undone stays known, to be destroyed again.
     */
    private boolean undone(ExternalContainer container, Exception cause) {
        try {
            calls.destroy(container.id(), container.memo().sandbox());
            return true;
        } catch (ProgramFailure e) {
            LOG.debug("container {} is not known to the program", container.id(), e);
            return true;
        } catch (IOException e) {
            cause.addSuppressed(e);
            container.fail(e);
            container.markLaunched();
            return false;
        }
    }
}
