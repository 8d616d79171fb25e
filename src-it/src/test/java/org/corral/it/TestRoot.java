package org.corral.it;

import java.nio.file.Path;

/**
 * What a test may call its own on the host; {@link LeakCheck} looks there when the test is over. Immutable.
 *
 * @param name the name of the test's topmost cgroup in every hierarchy, used by no other test and no other run
 * @param runtimeDirectory an empty directory for FIFOs and state; removed after the test
 */
public record TestRoot(String name, Path runtimeDirectory) {}
