package org.corral.containerizer.cli.watch;

/** What is said of all containers together. */
final class Summary {

    private Summary() {}

    static String of(WatchedContainers containers) {
        int count = containers.count();
        String seen = count == 1 ? "1 container" : count + " containers";
        return containers.unseen() == 0
                ? seen
                : seen + " and " + containers.unseen() + " without a cgroup (see 'corral stats')";
    }
}
