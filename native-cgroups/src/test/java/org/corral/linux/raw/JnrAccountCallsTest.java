package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;

import org.corral.linux.raw.AccountCalls.Account;
import org.junit.jupiter.api.Test;

class JnrAccountCallsTest {

    private final AccountCalls accounts = new JnrAccountCalls();

    @Test
    void byName_root_hasNumberZero() {
        assertThat(accounts.byName("root")).hasValueSatisfying(root -> {
            assertThat(root.name()).isEqualTo("root");
            assertThat(root.uid()).isZero();
            assertThat(root.gid()).isZero();
            assertThat(root.home()).startsWith("/");
            assertThat(root.shell()).startsWith("/");
        });
    }

    @Test
    void byId_zero_isRoot() {
        assertThat(accounts.byId(0)).isEqualTo(accounts.byName("root"));
    }

    @Test
    void byName_unknown_empty() {
        assertThat(accounts.byName("no-such-user-here")).isEmpty();
        assertThat(accounts.byName("")).isEmpty();
    }

    @Test
    void byId_unknown_empty() {
        assertThat(accounts.byId(1_999_999_999)).isEmpty();
    }

    @Test
    void byName_nextLookUp_leavesTheFirstAlone() {
        Account root = accounts.byName("root").orElseThrow();
        accounts.byName("nobody");
        assertThat(root.uid()).isZero();
        assertThat(root.name()).isEqualTo("root");
    }

    @Test
    void groupByName_rootAndUnknown_numberAndEmpty() {
        assertThat(accounts.groupByName("root")).hasValue(0);
        assertThat(accounts.groupByName("no-such-group")).isEmpty();
    }

    @Test
    void find_nameOrNumber_theSameUser() {
        assertThat(accounts.find("0")).isEqualTo(accounts.find("root")).isPresent();
        assertThat(accounts.find("no-such-user")).isEmpty();
    }
}
