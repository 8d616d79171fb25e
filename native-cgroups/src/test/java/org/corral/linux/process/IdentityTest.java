package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls.Account;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final Account ALICE = new Account("alice", 1000, 1001, "/home/alice", "/bin/sh");

    private static Linux agentOf(int uid) {
        return new FaultyLinux()
                .answer("effectiveUserId", none -> uid)
                .answer("byName", name -> name[0].equals("alice") ? Optional.of(ALICE) : Optional.empty())
                .answer("byId", id -> id[0].equals(1000) ? Optional.of(ALICE) : Optional.empty())
                .answer("groupByName", name -> name[0].equals("web") ? OptionalInt.of(33) : OptionalInt.empty())
                .linux();
    }

    @ParameterizedTest
    @CsvSource({"alice, 1001", "1000, 1001", "alice:7, 7", "alice:web, 33"})
    void find_rootForAnother_isThatUser(String user, int group) throws Exception {
        assertThat(Identity.find(agentOf(0), user)).contains(new Identity(1000, group));
    }

    @Test
    void find_sameUser_isNone() throws Exception {
        assertThat(Identity.find(agentOf(1000), "alice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "1001", "99999999999", "-1", "0x3e8"})
    void find_unknownUser_isRefusedAndNamed(String user) {
        assertThatThrownBy(() -> Identity.find(agentOf(0), user))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("user '" + user + "' is unknown");
    }

    @Test
    void find_unknownGroup_isRefusedAndNamed() {
        assertThatThrownBy(() -> Identity.find(agentOf(0), "alice:nogroup"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("group 'nogroup' is unknown");
    }

    @Test
    void find_agentThatIsNotRoot_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Identity.find(agentOf(1001), "alice"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("needs root", "uid 1001");
    }

    @Test
    void toString_always_isAsChownTakesIt() {
        assertThat(new Identity(1000, 33)).hasToString("1000:33");
    }
}
