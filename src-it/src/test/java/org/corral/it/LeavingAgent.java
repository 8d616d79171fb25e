package org.corral.it;

import java.nio.file.Path;
import java.util.List;
import org.corral.containerizer.Corral;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;

/** An agent that launches containers, says so, and waits to be killed. */
final class LeavingAgent {

    /** What each of them is to have. */
    static final Resources RESOURCES =
            Resources.NONE.withCpus(CpuAmount.parse("0.5")).withMemory(DataSize.ofMebibytes(64));

    private LeavingAgent() {}

    /** Has one launch containers and kills it. {@return their first processes} */
    static List<Integer> leave(TestRoot root, String cgroup, String isolation, String script, String... ids)
            throws Exception {
        String[] arguments = {
            root.name(), root.runtimeDirectory().toString(), cgroup, isolation, script, String.join(",", ids)
        };
        try (ChildJvm agent = ChildJvm.start(LeavingAgent.class, arguments)) {
            return List.of(agent.awaitLine("launched").split(" ", -1)).stream()
                    .map(Integer::valueOf)
                    .toList();
        }
    }

    /** Takes the name of the test's root, the runtime directory, the agent's root, the isolation, a script and the ids. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        Corral corral = Corral.open(
                Linux.ofThisHost(),
                Host.options(root).withRoot(arguments[2]).withIsolation(Isolation.parse(arguments[3])));
        StringBuilder line = new StringBuilder("launched");
        for (String name : arguments[5].split(",", -1)) {
            ContainerId id = ContainerId.of(name);
            corral.containerizer()
                    .launch(id, Host.shell(arguments[4]).resources(RESOURCES).build());
            line.append(' ').append(corral.containerizer().status(id).pid().orElseThrow());
        }
        System.out.println(line);
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }
}
