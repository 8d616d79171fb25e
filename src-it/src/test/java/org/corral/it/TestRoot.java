package org.corral.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a test may call its own on the host; {@link LeakCheck} looks there when the test is over. Immutable.
 *
 * @param name the name of the test's topmost cgroup in every hierarchy, used by no other test and no other run
 * @param runtimeDirectory an empty directory for FIFOs and state; removed after the test
 */
public record TestRoot(String name, Path runtimeDirectory) {

    /** {@return the path of the test's topmost cgroup: below the top, or below what has been delegated to this process} */
    public String cgroup() throws IOException {
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Optional<String> ground = mount.ground();
            if (ground.isPresent()) {
                return ground.get() + "/" + name;
            }
        }
        return "/" + name;
    }

    /** {@return where an agent with this root keeps its state, below the directory that it is given for that} */
    String stateFolder() throws IOException {
        return cgroup().substring(1).replace('/', '+');
    }
}
