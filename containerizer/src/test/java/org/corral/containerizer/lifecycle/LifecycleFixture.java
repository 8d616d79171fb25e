package org.corral.containerizer.lifecycle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A containerizer on a scripted host, and a container to be. */
@Timeout(60)
abstract class LifecycleFixture {

    static final ContainerId ID = ContainerId.of("web-1");

    static final LaunchRequest REQUEST = LaunchRequest.builder(List.of("/bin/server", "-x"))
            .environment(Map.of("A", "1"))
            .build();

    @TempDir
    Path directory;

    Host host;

    CorralContainerizer containerizer;

    @BeforeEach
    void makeHost() throws Exception {
        host = new Host(directory);
        containerizer = host.containerizer();
    }

    @AfterEach
    void closeHost() {
        host.close();
    }
}
