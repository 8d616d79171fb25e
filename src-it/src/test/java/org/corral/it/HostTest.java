package org.corral.it;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test whose containers are those of one agent on this host. */
@ExtendWith(LeakCheck.class)
abstract class HostTest {

    TestRoot root;
    Host host;

    @BeforeEach
    final void open(TestRoot own) throws IOException {
        root = own;
        host = Host.open(own);
    }

    @AfterEach
    final void close() throws Exception {
        host.close();
    }
}
