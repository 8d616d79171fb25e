package org.corral.containerizer.cli;

import java.util.concurrent.ThreadLocalRandom;
import org.corral.core.ContainerId;

/** Names for containers that their users did not name, as {@code run-1a2b3c}. */
final class NewId {

    private static final int BOUND = 0x1000000;

    private NewId() {}

    static ContainerId make() {
        return ContainerId.of(
                String.format("run-%06x", ThreadLocalRandom.current().nextInt(BOUND)));
    }
}
