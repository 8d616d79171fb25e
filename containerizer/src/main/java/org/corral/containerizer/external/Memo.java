package org.corral.containerizer.external;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Resources;

/**
 * What is noted of a container, to know it again after a restart. Immutable.
 *
 * @param id the container
 * @param launchedAt when its launch began
 * @param sandbox its working directory
 * @param resources what it is to have
 */
record Memo(ContainerId id, Instant launchedAt, Optional<Path> sandbox, Resources resources) {

    Memo withResources(Resources totals) {
        return new Memo(id, launchedAt, sandbox, totals);
    }
}
