package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.corral.core.ContainerId;
import org.corral.core.HugetlbLimits;
import org.corral.core.LaunchException;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.HugetlbUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits of huge pages. The host's pool may be empty: limits can be set all the same. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.HUGETLB})
class HugetlbIT {

    private static final Path SIZES = Path.of("/sys/kernel/mm/hugepages");

    private Host host;
    private DataSize page;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        host = Host.open(root);
        page = smallestPage();
    }

    @AfterEach
    void close() throws Exception {
        host.close();
    }

    /** The kernel has a folder hugepages-2048kB for each size. */
    private static DataSize smallestPage() throws IOException {
        try (var folders = Files.list(SIZES)) {
            return folders.map(folder -> folder.getFileName().toString().replace("hugepages-", ""))
                    .map(DataSize::parse)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Resources pages(Maximum limit) {
        return Resources.NONE.withHugetlb(HugetlbLimits.NONE.with(page, limit));
    }

    private Path file(ContainerId id, String ofUse) throws IOException {
        String size = page.toString().replace("iB", "B");
        String name = CgroupMount.of("hugetlb").isV2() ? "max" : "limit_in_bytes";
        return host.cgroup(id, "hugetlb").resolve("hugetlb." + size + "." + ofUse + name);
    }

    @Test
    void launch_limit_isInTheControlFilesUntilLifted() throws Exception {
        Maximum two = Maximum.of(2 * page.bytes());
        ContainerId id = host.launch("pages", Host.command("sleep", "1000").resources(pages(two)));
        assertThat(file(id, "")).hasContent(two.toString());
        if (Files.exists(file(id, "rsvd."))) {
            assertThat(file(id, "rsvd.")).hasContent(two.toString());
        }
        Map<DataSize, HugetlbUsage.Pages> usage =
                host.containers().usage(id).hugetlb().orElseThrow().pages();
        assertThat(usage).hasEntrySatisfying(page, pages -> {
            assertThat(pages.currentBytes()).hasValue(0);
            assertThat(pages.limitBytes()).hasValue(2 * page.bytes());
            assertThat(pages.failures()).hasValue(0);
        });

        host.containers().update(id, pages(Maximum.NONE));
        assertThat(host.containers().usage(id).hugetlb().orElseThrow().pages())
                .hasEntrySatisfying(
                        page, pages -> assertThat(pages.limitBytes()).isEmpty());
    }

    @Test
    void launch_sizeThatTheHostHasNot_failsNamingTheOthers() {
        Resources odd = Resources.NONE.withHugetlb(HugetlbLimits.NONE.with(DataSize.parse("4G"), Maximum.of(0)));
        assertThatThrownBy(() -> host.launch("odd", Host.command("true").resources(odd)))
                .isInstanceOf(LaunchException.class)
                .hasStackTraceContaining("no huge pages of 4GiB")
                .hasStackTraceContaining(page.toString());
    }
}
