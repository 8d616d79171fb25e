package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.HugetlbLimits;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupsHugetlbTest {

    private static final DataSize PAGE = DataSize.ofMebibytes(2);

    @TempDir
    Path root;

    private OneController host(CgroupVersion version) throws IOException {
        return new OneController(root, version, Controller.HUGETLB);
    }

    private static Resources pages(DataSize page, Maximum limit) {
        return Resources.NONE.withHugetlb(HugetlbLimits.NONE.with(page, limit));
    }

    private static String limit(OneController host) {
        return host.file("hugetlb.2MB.limit_in_bytes", "hugetlb.2MB.max");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void prepare_limit_isInTheFileUntilLifted(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsHugetlb hugetlb = new CgroupsHugetlb(host.cgroups());

        hugetlb.prepare(
                OneController.ID,
                LaunchRequest.builder(List.of("x"))
                        .resources(pages(PAGE, Maximum.of(PAGE)))
                        .build());
        assertThat(limit(host)).isEqualTo("2097152");

        hugetlb.update(OneController.ID, pages(PAGE, Maximum.NONE));
        assertThat(limit(host)).isEqualTo(version == CgroupVersion.V1 ? "9223372036854771712" : "max");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_sizeThatTheHostHasNot_isAFailureThatNamesTheOthers(CgroupVersion version) throws Exception {
        CgroupsHugetlb hugetlb = new CgroupsHugetlb(host(version).cgroups());

        assertThatThrownBy(() -> hugetlb.update(OneController.ID, pages(DataSize.ofMebibytes(16), Maximum.of(0))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("no huge pages of 16MiB", "2MiB");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_refused_namesFileAndValue(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.kernel().calls().failNext("write", "hugetlb.2MB", Errno.EINVAL);

        assertThatThrownBy(
                        () -> new CgroupsHugetlb(host.cgroups()).update(OneController.ID, pages(PAGE, Maximum.of(0))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("hugetlb.2MB", "= 0", "EINVAL");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_pages_areRead(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.cgroup()
                .file(version == CgroupVersion.V1 ? "hugetlb.2MB.usage_in_bytes" : "hugetlb.2MB.current", "4194304");

        assertThat(new CgroupsHugetlb(host.cgroups())
                        .usage(OneController.ID)
                        .hugetlb()
                        .orElseThrow()
                        .pages())
                .hasEntrySatisfying(PAGE, pages -> {
                    assertThat(pages.currentBytes()).hasValue(4194304);
                    assertThat(pages.limitBytes()).isEmpty();
                    assertThat(pages.failures()).hasValue(0);
                });
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void anyCall_unknownContainer_isUnknown(CgroupVersion version) throws Exception {
        CgroupsHugetlb hugetlb = new CgroupsHugetlb(host(version).cgroups());
        ContainerId unknown = ContainerId.of("unknown");

        assertThatThrownBy(() -> hugetlb.usage(unknown)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> hugetlb.update(unknown, Resources.NONE)).isInstanceOf(UnknownContainerException.class);
        hugetlb.cleanup(unknown);
        assertThat(hugetlb.name()).isEqualTo("cgroups/hugetlb");
    }
}
