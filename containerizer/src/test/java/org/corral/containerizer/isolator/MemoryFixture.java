package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.unit.DataSize;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The memory isolator on v1; the cgroups are those of a fake kernel, eventfds and poller are real. */
abstract class MemoryFixture {

    @TempDir
    Path root;

    final FaultyLinux events = new FaultyLinux();
    final BlockingQueue<ContainerEvent> told = new LinkedBlockingQueue<>();
    final AtomicLong nanoClock = new AtomicLong();
    Poller poller;
    OneController host;
    CgroupsMem mem;

    @BeforeEach
    void mount() throws Exception {
        poller = Poller.start(events.linux());
        host = new OneController(root, CgroupVersion.V1, Controller.MEMORY);
        mem = mem(options());
    }

    /** {@return what was set for the isolator} */
    abstract Map<String, String> options();

    final CgroupsMem mem(Map<String, String> options) {
        return new CgroupsMem(
                events.linux(),
                poller,
                new FileChanges(events.linux(), poller),
                host.cgroups(),
                DataSize.ofMebibytes(32),
                told::add,
                options,
                nanoClock::get);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        mem.cleanup(OneController.ID);
        poller.close();
        assertThat(events.openDescriptors()).isEmpty();
    }

    static Resources limit(long mebibytes) {
        return Resources.NONE.withMemory(DataSize.ofMebibytes(mebibytes));
    }

    final void prepared(Resources resources) throws IOException {
        mem.prepare(
                OneController.ID,
                LaunchRequest.builder(List.of("x")).resources(resources).build());
    }
}
