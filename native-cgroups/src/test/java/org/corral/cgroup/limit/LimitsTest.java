package org.corral.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.layout.CgroupVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of limits share: a host, an empty plan, and that no descriptor is left open. */
abstract class LimitsTest {

    @TempDir
    Path root;

    LimitsHost host;
    LimitPlan plan;

    private final CgroupVersion version;

    LimitsTest(CgroupVersion version) {
        this.version = version;
    }

    @BeforeEach
    void boot() throws IOException {
        host = LimitsHost.of(root, version);
        plan = host.plan;
    }

    @AfterEach
    void nothingIsLeftOpen() {
        host.writer.close();
        assertThat(host.limitsOpen()).isEmpty();
    }

    static Limit mib(long mebibytes) {
        return Limit.of(mebibytes << 20);
    }

    static String bytes(long mebibytes) {
        return Long.toString(mebibytes << 20);
    }

    static CpuBandwidth bandwidth(long quota, long period) {
        return new CpuBandwidth(OptionalLong.of(quota), period);
    }
}
