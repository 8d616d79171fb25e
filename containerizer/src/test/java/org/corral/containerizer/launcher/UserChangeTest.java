package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.corral.linux.process.Identity;
import org.junit.jupiter.api.Test;

class UserChangeTest {

    @Test
    void prefix_always_isSetpriv() throws Exception {
        assertThat(UserChange.prefix(new Identity(1000, 1001)))
                .containsExactly(
                        "/usr/bin/setpriv", "--reuid=1000", "--regid=1001", "--init-groups", "--inh-caps=-all", "--");
    }
}
