package org.corral.containerizer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.state.Checkpoints;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;

/** A fake kernel with containers to be sampled. */
public final class SamplerHost {

    private final FakeLinux kernel;
    private final FakeHierarchy cpu;
    private final FakeHierarchy memory;
    private final CgroupTree tree;
    private final StateStore store;

    /** Has no container yet. */
    public SamplerHost(Path directory) {
        kernel = new FakeLinux(directory);
        cpu = kernel.mountV1("cpu,cpuacct", Controller.CPU, Controller.CPUACCT);
        memory = kernel.mountV1("memory", Controller.MEMORY);
        tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        store = new StateStore(directory.resolve("run"));
    }

    /** {@return a sampler of its containers} */
    public ContainerSampler sampler(Set<UsageColumn> columns) {
        return new ContainerSampler(tree, store, columns);
    }

    /** Makes a container that uses that much memory. */
    public void launch(String name, long memoryBytes) throws IOException {
        launchWithoutCgroup(name);
        tree.create(name, "agent").close();
        setMemory(name, memoryBytes);
    }

    /** Makes a container of isolators that use no cgroups. */
    public void launchWithoutCgroup(String name) throws IOException {
        store.claim(Checkpoints.of(ContainerId.of(name), "boot"));
    }

    /** Lets a container use that much memory. */
    public void setMemory(String name, long bytes) {
        memory.at("/corral/" + name).file("memory.usage_in_bytes", Long.toString(bytes));
    }

    /** Lets a container have used that much of the CPUs. */
    public void setCpu(String name, long nanos) {
        cpu.at("/corral/" + name).file("cpuacct.usage", Long.toString(nanos));
    }

    /** Limits a container's memory. */
    public void limitMemory(String name, long bytes) {
        memory.at("/corral/" + name).file("memory.limit_in_bytes", Long.toString(bytes));
    }

    /** Ends a container as its agent does. */
    public void end(String name) throws IOException {
        removeCgroup(name);
        store.remove(ContainerId.of(name));
    }

    /** Removes its cgroup alone. */
    public void removeCgroup(String name) throws IOException {
        try (Cgroup cgroup = tree.open(name).orElseThrow()) {
            cgroup.delete(Duration.ofSeconds(10));
        }
    }

    /** {@return the kernel} */
    public FakeLinux kernel() {
        return kernel;
    }
}
