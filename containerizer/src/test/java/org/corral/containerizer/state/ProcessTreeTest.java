package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.assertj.core.api.ListAssert;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcStat;
import org.corral.linux.process.ProcessTable;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {

    private static final int INIT = 50;

    @TempDir
    Path root;

    private ProcFixture proc;
    private Linux linux;

    @BeforeEach
    void makeProc() throws Exception {
        proc = new ProcFixture(root)
                .startedAt(500)
                .process(1, "init", 'S', 0, 1)
                .process(20, "agent", 'S', 1, 20)
                .process(INIT, "sh", 'S', 20, INIT);
        linux = new FaultyLinux().linux(root);
    }

    private ListAssert<Integer> assertThatMembers() throws Exception {
        return assertThat(new ProcessTree(new ProcessIdentity(INIT, 500))
                .members(ProcessTable.read(linux)).stream().map(ProcStat::pid).toList());
    }

    @Test
    void members_descendants_areFoundInAnyOrderOfPids() throws Exception {
        proc.process(40, "grandchild", 'S', 60, 60)
                .process(60, "child", 'S', INIT, 60)
                .process(70, "stranger", 'S', 20, 20);

        assertThatMembers().containsExactlyInAnyOrder(INIT, 40, 60);
    }

    @Test
    void members_daemonisedIntoInitsSession_isFound() throws Exception {
        proc.process(60, "daemon", 'S', 1, INIT).process(61, "its child", 'S', 60, 61);

        assertThatMembers().containsExactlyInAnyOrder(INIT, 60, 61);
    }

    @Test
    void members_firstProcessGone_sessionIsStillOurs() throws Exception {
        proc.remove(INIT).process(60, "daemon", 'S', 1, INIT);

        assertThatMembers().containsExactly(60);
    }

    @Test
    void members_pidOfAnotherProcessByNow_isNobody() throws Exception {
        proc.startedAt(501).process(INIT, "other", 'S', 20, INIT).process(60, "its child", 'S', INIT, INIT);

        assertThatMembers().isEmpty();
    }

    @Test
    void members_allGone_isNobody() throws Exception {
        proc.remove(INIT);

        assertThatMembers().isEmpty();
    }
}
