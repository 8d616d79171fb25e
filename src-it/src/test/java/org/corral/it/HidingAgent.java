package org.corral.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;

/**
 * An agent in a mount namespace of its own, whose cgroup file systems somebody hides below empty ones while it works, and shows
 * again. It says what became of what it tried.
 */
final class HidingAgent {

    private final Host host;

    private HidingAgent(Host host) {
        this.host = host;
    }

    /** Takes the name of the root and the runtime directory. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        List<Path> points = new ArrayList<>();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            points.add(mount.point());
        }
        try (Host host = Host.open(root)) {
            HidingAgent agent = new HidingAgent(host);
            ContainerId web = host.launch("web", sleeping("1"));
            for (Path point : points) {
                run("mount", "-t", "tmpfs", "none", point.toString());
            }
            say("launch-hidden", () -> agent.host.launch("lost", sleeping("1")));
            say("update-hidden", () -> agent.update(web, "2"));
            Collections.reverse(points);
            for (Path point : points) {
                run("umount", point.toString());
            }
            say("launch-shown", () -> agent.host.launch("late", sleeping("1")));
            say("update-shown", () -> agent.update(web, "4"));
            say("shares", () -> host.read(web, ControlFile.CPU_SHARES));
            say("containers", () -> agent.host.containers().containers().size());
        }
    }

    private static LaunchRequest.Builder sleeping(String cpus) {
        return Host.command("sleep", "1000").resources(Resources.NONE.withCpus(CpuAmount.parse(cpus)));
    }

    private boolean update(ContainerId id, String cpus) throws IOException {
        return host.containers().update(id, Resources.NONE.withCpus(CpuAmount.parse(cpus)));
    }

    private static void say(String what, Callable<?> call) {
        String told;
        try {
            told = String.valueOf(call.call());
        } catch (Exception e) {
            told = "failed " + e;
        }
        System.out.println(what + " " + told.replace('\n', ' '));
        System.out.flush();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
