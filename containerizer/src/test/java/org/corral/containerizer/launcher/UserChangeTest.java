package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.corral.core.LaunchException;
import org.corral.linux.raw.AccountCalls.Account;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserChangeTest {

    private static final Account ALICE = new Account("alice", 1000, 1001, "/home/alice", "/bin/sh");

    private static UserChange agentOf(int uid) {
        return new UserChange(new FaultyLinux()
                .answer("effectiveUserId", none -> uid)
                .answer("byName", name -> name[0].equals("alice") ? Optional.of(ALICE) : Optional.empty())
                .answer("byId", id -> id[0].equals(1000) ? Optional.of(ALICE) : Optional.empty())
                .linux());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "1000"})
    void identity_rootForAnother_isThatUser(String user) throws Exception {
        assertThat(agentOf(0).identity(user)).contains(new Identity(1000, 1001));
    }

    @Test
    void identity_withGroup_isThatGroup() throws Exception {
        assertThat(agentOf(0).identity("alice:7")).contains(new Identity(1000, 7));
    }

    @Test
    void prefix_always_isSetpriv() throws Exception {
        assertThat(UserChange.prefix(new Identity(1000, 1001)))
                .containsExactly(
                        "/usr/bin/setpriv", "--reuid=1000", "--regid=1001", "--init-groups", "--inh-caps=-all", "--");
    }

    @Test
    void identity_sameUser_isNone() throws Exception {
        assertThat(agentOf(1000).identity("alice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "1001", "99999999999", "-1", "0x3e8"})
    void identity_unknownUser_isRefusedAndNamed(String user) {
        assertThatThrownBy(() -> agentOf(0).identity(user))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("'" + user + "' is unknown");
    }

    @Test
    void identity_agentThatIsNotRoot_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> agentOf(1001).identity("alice"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("needs root", "uid 1001");
    }
}
