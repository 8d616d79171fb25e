package org.corral.containerizer.isolator;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Feature;
import org.corral.linux.disk.DiskWalk;

/** The isolators that Corral brings itself; each is a line here, a class, and an entry in {@code docs/isolators.md}. */
final class BuiltInIsolators {

    private static final Set<String> NO_OPTIONS = Set.of();

    private BuiltInIsolators() {}

    /** {@return them all, in the order in which they are told} */
    static List<RegisteredIsolator> all() {
        return Stream.of(limits(), marks(), withoutCgroups(), namespaces())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that limit an amount. */
    private static List<RegisteredIsolator> limits() {
        return List.of(
                of(
                        "cgroups/cpu",
                        Set.of(Controller.CPU, Controller.CPUACCT),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsCpu(parts.cgroups(), parts.cpuPeriod())),
                of(
                        CgroupsMem.NAME,
                        Set.of(Controller.MEMORY),
                        Set.of(CgroupsMem.THRESHOLDS),
                        (parts, options) -> new CgroupsMem(
                                parts.linux(),
                                parts.poller(),
                                parts.changes(),
                                parts.cgroups(),
                                parts.memoryFloor(),
                                parts.events(),
                                options)),
                of(
                        "cgroups/pids",
                        Set.of(Controller.PIDS),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsPids(parts.cgroups(), parts.changes(), parts.events())),
                of(
                        "cgroups/cpuset",
                        Set.of(Controller.CPUSET),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsCpuset(parts.cgroups())),
                of(
                        "cgroups/blkio",
                        Set.of(Controller.IO),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsBlkio(parts.cgroups())),
                of(
                        "cgroups/hugetlb",
                        Set.of(Controller.HUGETLB),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsHugetlb(parts.cgroups())));
    }

    /** Those that put the container under a mark or a rule. */
    private static List<RegisteredIsolator> marks() {
        return List.of(
                of(
                        CgroupsNetCls.NAME,
                        Set.of(Controller.NET_CLS),
                        Set.of(NetClsHandles.PRIMARY, NetClsHandles.SECONDARY, NetClsHandles.RESERVED),
                        (parts, options) -> new CgroupsNetCls(parts.cgroups(), options)),
                of(
                        CgroupsDevices.NAME,
                        Set.of(Controller.DEVICES),
                        Set.of(CgroupsDevices.ALLOW),
                        (parts, options) -> new CgroupsDevices(parts.cgroups(), options)),
                of(
                        "cgroups/perf_event",
                        Set.of(Controller.PERF_EVENT),
                        NO_OPTIONS,
                        (parts, options) -> new CgroupsPerfEvent(parts.cgroups())),
                new RegisteredIsolator(
                        CgroupsDelegate.NAME,
                        Set.of(),
                        Optional.of(CgroupVersion.V2),
                        Set.of(),
                        Set.of(CgroupsDelegate.DESCENDANTS),
                        Optional.empty(),
                        (parts, options) -> new CgroupsDelegate(parts.linux(), parts.cgroups(), options)),
                of(CgroupsAll.NAME, Set.of(), NO_OPTIONS, (parts, options) -> {
                    throw new IllegalStateException(CgroupsAll.NAME + " was not expanded");
                }));
    }

    /** Those that need no cgroup. */
    private static List<RegisteredIsolator> withoutCgroups() {
        return List.of(
                of(
                        "posix/cpu",
                        Set.of(),
                        NO_OPTIONS,
                        (parts, options) -> new PosixCpu(
                                parts.processes(), parts.linux().processes().clockTicks())),
                of(
                        "posix/mem",
                        Set.of(),
                        NO_OPTIONS,
                        (parts, options) -> new PosixMem(
                                parts.processes(), parts.linux().processes().pageBytes())),
                of(
                        DiskDu.NAME,
                        Set.of(),
                        Set.of(DiskDu.INTERVAL, DiskDu.LIMIT),
                        (parts, options) -> new DiskDu(DiskWalk.ofThisHost(), parts.timer(), parts.written(), options)),
                of(PosixRlimits.NAME, Set.of(), NO_OPTIONS, (parts, options) -> new PosixRlimits(parts.linux())));
    }

    /** Those that give the container a part of the host for itself. */
    private static List<RegisteredIsolator> namespaces() {
        return List.of(
                of(
                        FilesystemPrivate.NAME,
                        EnumSet.of(Feature.MOUNT_NAMESPACE),
                        Set.of(
                                FilesystemPrivate.TEMPORARY,
                                FilesystemPrivate.TEMPORARY_SIZE,
                                FilesystemPrivate.READ_ONLY),
                        (parts, options) -> new FilesystemPrivate(parts.linux(), options)),
                of(
                        NamespacesIpc.NAME,
                        EnumSet.of(Feature.IPC_NAMESPACE, Feature.MOUNT_NAMESPACE),
                        NO_OPTIONS,
                        (parts, options) -> new NamespacesIpc(parts.linux())),
                of(
                        NamespacesNet.NAME,
                        EnumSet.of(Feature.NETWORK_NAMESPACE),
                        NO_OPTIONS,
                        (parts, options) -> new NamespacesNet(parts.linux())),
                of(
                        NamespacesPid.NAME,
                        EnumSet.of(Feature.PID_NAMESPACE, Feature.MOUNT_NAMESPACE, Feature.PROC_PIDNS),
                        NO_OPTIONS,
                        (parts, options) -> new NamespacesPid(parts.linux())),
                of(
                        NamespacesUts.NAME,
                        EnumSet.of(Feature.UTS_NAMESPACE),
                        Set.of(NamespacesUts.HOST_NAME),
                        (parts, options) -> new NamespacesUts(parts.linux(), options)));
    }

    private static RegisteredIsolator of(
            String name, Set<Controller> controllers, Set<String> options, RegisteredIsolator.Maker maker) {
        return new RegisteredIsolator(name, controllers, Optional.empty(), Set.of(), options, Optional.empty(), maker);
    }

    private static RegisteredIsolator of(
            String name, EnumSet<Feature> features, Set<String> options, RegisteredIsolator.Maker maker) {
        return new RegisteredIsolator(name, Set.of(), Optional.empty(), features, options, Optional.empty(), maker);
    }
}
