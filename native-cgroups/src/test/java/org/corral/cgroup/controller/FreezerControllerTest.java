package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FreezerControllerTest {

    private final FakeControlFiles v1 = FakeControlFiles.of(CgroupVersion.V1)
            .with("freezer.state", "THAWED")
            .with("freezer.self_freezing", "0")
            .with("freezer.parent_freezing", "0");
    private final FakeControlFiles v2 = FakeControlFiles.of(CgroupVersion.V2)
            .with("cgroup.freeze", "0")
            .with("cgroup.events", "populated 1\nfrozen 0\n");

    @Test
    void freezeAndThaw_v1_writeStates() throws Exception {
        FreezerController.of(v1).freeze();
        FreezerController.of(v1).thaw();

        assertThat(v1.writes()).containsExactly("freezer.state=FROZEN", "freezer.state=THAWED");
    }

    @Test
    void freezeAndThaw_v2_writeFlags() throws Exception {
        FreezerController.of(v2).freeze();
        FreezerController.of(v2).thaw();

        assertThat(v2.writes()).containsExactly("cgroup.freeze=1", "cgroup.freeze=0");
    }

    @ParameterizedTest
    @EnumSource(FreezerState.class)
    void state_v1_isRead(FreezerState state) throws Exception {
        v1.with("freezer.state", state + "\n");

        assertThat(FreezerController.of(v1).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, THAWED, false, false",
        "1, 0, FREEZING, true, false",
        "1, 1, FROZEN, true, false",
        "0, 1, FROZEN, false, true"
    })
    void state_v2_isToldFromFlagAndEvent(String flag, String frozen, FreezerState state, boolean self, boolean parent)
            throws Exception {
        v2.with("cgroup.freeze", flag).with("cgroup.events", "populated 1\nfrozen " + frozen);
        FreezerController freezer = FreezerController.of(v2);

        assertThat(freezer.state()).isEqualTo(state);
        assertThat(freezer.isSelfFreezing()).isEqualTo(self);
        assertThat(freezer.isParentFreezing()).isEqualTo(parent);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "1, 1"})
    void freezing_v1_tellsOwnFromParents(String self, String parent) throws Exception {
        v1.with("freezer.self_freezing", self).with("freezer.parent_freezing", parent);

        assertThat(FreezerController.of(v1).isSelfFreezing()).isEqualTo(self.equals("1"));
        assertThat(FreezerController.of(v1).isParentFreezing()).isEqualTo(parent.equals("1"));
    }

    @Test
    void state_textWithoutMeaning_fails() {
        v1.with("freezer.state", "");
        v2.with("cgroup.freeze", "");

        assertThatThrownBy(() -> FreezerController.of(v1).state()).isInstanceOf(ControlFileFormatException.class);
        assertThatThrownBy(() -> FreezerController.of(v2).state()).isInstanceOf(ControlFileFormatException.class);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void everything_rootCgroup_failsWithEnoent(CgroupVersion version) {
        FreezerController freezer = FreezerController.of(FakeControlFiles.of(version));

        assertThatThrownBy(freezer::freeze).hasMessageContaining("ENOENT");
        assertThatThrownBy(freezer::thaw).hasMessageContaining("ENOENT");
        assertThatThrownBy(freezer::state).hasMessageContaining("ENOENT");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void state_cgroupGone_throws(CgroupVersion version) {
        FreezerController freezer =
                FreezerController.of(FakeControlFiles.of(version).goAway());

        assertThatThrownBy(freezer::state).isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno())
                .isEqualTo(Errno.ENODEV));
    }
}
