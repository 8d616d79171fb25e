package org.corral.containerizer.metrics;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Termination;
import org.corral.linux.Linux;

/** An agent that runs one command and tells how that ended; to be loaded by a class loader of its own. */
public final class BareAgent implements Function<Path, String> {

    /** Runs nothing yet. */
    public BareAgent() {}

    @Override
    public String apply(Path directory) {
        CorralOptions options = CorralOptions.defaults(directory)
                .withRoot("/corral-unit-test")
                .withIsolation(Isolation.parse("posix/cpu"));
        ContainerId id = ContainerId.of("c");
        try (Corral corral = Corral.open(Linux.ofThisHost(), options)) {
            corral.containerizer()
                    .launch(id, LaunchRequest.builder(List.of("/bin/true")).build());
            Termination end =
                    corral.containerizer().wait(id).toCompletableFuture().get().orElseThrow();
            return end.reason() + ", " + corral.vitals().lives().launches() + " launched";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
