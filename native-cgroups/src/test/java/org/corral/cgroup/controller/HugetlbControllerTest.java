package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.HugetlbUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HugetlbControllerTest {

    private static final DataSize PAGE = DataSize.ofMebibytes(2);
    private static final DataSize GIANT = DataSize.parse("1G");

    /** As Linux 6.18 prints it before anything was set. */
    private static final String UNLIMITED = "9223372036854771712";

    private static FakeControlFiles cgroup(CgroupVersion version) {
        return version == CgroupVersion.V1
                ? FakeControlFiles.of(version)
                        .with("hugetlb.2MB.limit_in_bytes", UNLIMITED)
                        .with("hugetlb.2MB.rsvd.limit_in_bytes", UNLIMITED)
                        .with("hugetlb.2MB.usage_in_bytes", "4194304")
                        .with("hugetlb.2MB.max_usage_in_bytes", "8388608")
                        .with("hugetlb.2MB.failcnt", "3")
                        .with("hugetlb.1GB.limit_in_bytes", "1073741824")
                        .with("tasks", "")
                : FakeControlFiles.of(version)
                        .with("hugetlb.2MB.max", UNLIMITED)
                        .with("hugetlb.2MB.rsvd.max", UNLIMITED)
                        .with("hugetlb.2MB.current", "4194304")
                        .with("hugetlb.2MB.events", "max 3")
                        .with("hugetlb.1GB.max", "1073741824")
                        .with("cgroup.procs", "");
    }

    private static String limitFile(CgroupVersion version) {
        return version == CgroupVersion.V1 ? "hugetlb.2MB.limit_in_bytes" : "hugetlb.2MB.max";
    }

    private static String reservedFile(CgroupVersion version) {
        return version == CgroupVersion.V1 ? "hugetlb.2MB.rsvd.limit_in_bytes" : "hugetlb.2MB.rsvd.max";
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void pageSizes_areThoseOfTheFiles(CgroupVersion version) throws Exception {
        assertThat(HugetlbController.of(cgroup(version)).pageSizes()).containsExactly(PAGE, GIANT);
        assertThat(HugetlbController.of(FakeControlFiles.of(version)).pageSizes())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_pages_areReservedAndUsedUpToIt(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version);

        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.of(PAGE)))
                .hasSize(2)
                .allMatch(outcome -> outcome instanceof KnobOutcome.Written);
        assertThat(files.text(limitFile(version))).isEqualTo("2097152");
        assertThat(files.text(reservedFile(version))).isEqualTo("2097152");
        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.of(PAGE)))
                .allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_kernelBefore57_limitsTheUseAlone(CgroupVersion version) throws Exception {
        FakeControlFiles files = FakeControlFiles.of(version).with(limitFile(version), UNLIMITED);

        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.of(0)))
                .singleElement()
                .extracting(KnobOutcome::file)
                .isEqualTo(limitFile(version));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_liftedAndPrintedInPages_isWritten(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version).with(limitFile(version), "2097152");
        files.onWrite(limitFile(version), value -> "9223372036852678656");

        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.NONE))
                .anyMatch(outcome -> outcome instanceof KnobOutcome.Written)
                .allMatch(KnobOutcome::isApplied);
        assertThat(files.writes())
                .containsExactly(limitFile(version) + "=" + (version == CgroupVersion.V1 ? "-1" : "max"));
        assertThat(HugetlbController.of(files).usage().pages())
                .hasEntrySatisfying(
                        PAGE, pages -> assertThat(pages.limitBytes()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_kernelRoundsDown_isClamped(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version).onWrite(limitFile(version), value -> "4194304");

        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.of(5_000_000)))
                .anyMatch(outcome -> outcome instanceof KnobOutcome.Clamped);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_sizeThatTheHostHasNot_isUnsupportedAndNamesTheOthers(CgroupVersion version) throws Exception {
        assertThat(HugetlbController.of(cgroup(version)).setLimit(DataSize.ofMebibytes(16), Limit.of(0)))
                .singleElement()
                .isInstanceOfSatisfying(KnobOutcome.Unsupported.class, outcome -> assertThat(outcome.reason())
                        .contains("no huge pages of 16MiB", "2MiB, 1GiB"));
        assertThat(HugetlbController.of(FakeControlFiles.of(version)).setLimit(PAGE, Limit.of(0)))
                .singleElement()
                .isInstanceOf(KnobOutcome.Unsupported.class);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void setLimit_refused_leavesTheRest(CgroupVersion version) throws Exception {
        FakeControlFiles files = cgroup(version).refuseWrite(reservedFile(version), Errno.EBUSY);

        assertThat(HugetlbController.of(files).setLimit(PAGE, Limit.of(0)))
                .singleElement()
                .matches(outcome -> outcome.isRefusedWith(Errno.EBUSY));
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void usage_v1_isRead() throws Exception {
        HugetlbUsage usage = HugetlbController.of(cgroup(CgroupVersion.V1)).usage();

        OptionalLong none = OptionalLong.empty();
        assertThat(usage.pages())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        PAGE,
                        new HugetlbUsage.Pages(
                                OptionalLong.of(4194304), OptionalLong.of(8388608), none, OptionalLong.of(3)),
                        GIANT,
                        new HugetlbUsage.Pages(none, none, OptionalLong.of(1 << 30), none)));
    }

    @Test
    void usage_v2_isReadWithoutAPeak() throws Exception {
        HugetlbUsage usage = HugetlbController.of(cgroup(CgroupVersion.V2)).usage();

        OptionalLong none = OptionalLong.empty();
        assertThat(usage.pages().get(PAGE))
                .isEqualTo(new HugetlbUsage.Pages(OptionalLong.of(4194304), none, none, OptionalLong.of(3)));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void everything_cgroupGone_throws(CgroupVersion version) {
        HugetlbController hugetlb = HugetlbController.of(cgroup(version).goAway());

        assertThatThrownBy(hugetlb::pageSizes).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(hugetlb::usage).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> hugetlb.setLimit(PAGE, Limit.of(0))).isInstanceOf(ErrnoException.class);
    }
}
