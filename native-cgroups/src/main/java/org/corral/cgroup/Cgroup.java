package org.corral.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.Identity;
import org.corral.linux.process.ProcessGoneException;

/**
 * The cgroup of one container: the same path in every hierarchy that a controller is bound to, held by a descriptor each.
 * Made by {@link CgroupTree}.
 *
 * <p>Thread-safe, but the owner closes it once nobody uses it. Closing leaves the cgroup and its processes as they are.
 */
public final class Cgroup implements AutoCloseable {

    private final Linux linux;
    private final CgroupLayout layout;
    private final CgroupPath path;
    private final Members members;

    /** Takes ownership of the directories. Where blkio is comes first, so that write-back is charged right. */
    Cgroup(Linux linux, CgroupLayout layout, CgroupPath path, List<CgroupDir> dirs) {
        this.linux = linux;
        this.layout = layout;
        this.path = path;
        this.members = new Members(dirs.stream()
                .sorted(Comparator.comparing(
                        dir -> !dir.hierarchy().controllers().contains(Controller.IO)))
                .toList());
    }

    /** {@return its path below the hierarchies' mount points} */
    public CgroupPath path() {
        return path;
    }

    /** {@return who made it, as told to {@link CgroupTree#create}; empty if that was not or could not be kept} */
    public Optional<String> owner() throws ErrnoException {
        return OwnerMark.get(members.dirs());
    }

    /** {@return the control files of a controller, empty if it is bound to no hierarchy or missing in its own} */
    public Optional<ControlFiles> files(Controller controller) {
        return dir(controller).map(ControlFiles.class::cast);
    }

    /** {@return the directory in the hierarchy of a controller, which stays this object's; as {@link #files}} */
    public Optional<CgroupDir> directory(Controller controller) {
        return dir(controller);
    }

    /** {@return the directories, one for each bound hierarchy; they stay this object's} */
    public List<CgroupDir> directories() {
        return members.dirs();
    }

    /** {@return the directory on v2, in which a process can be born; it stays this object's. Empty if none is bound} */
    public Optional<CgroupDir> birthplace() {
        return members.dirs().stream()
                .filter(dir -> dir.version() == CgroupVersion.V2)
                .findFirst();
    }

    /**
     * Puts a process, with all its threads, into the cgroup in every hierarchy, and looks in {@code /proc} that it is there.
     * Where it was born there nothing is written.
     *
     * @param pid above 1
     * @throws ProcessGoneException if it has ended
     * @throws ThreadedCgroupException if the cgroup is v2 and takes no whole processes
     * @throws ErrnoException ENOENT if the cgroup is not in all hierarchies; EBUSY if on v2 it has given controllers to
     *     cgroups below; EACCES, EINVAL, ENOSPC (v1 cpuset without CPUs)
     * @throws IOException if something moved the process elsewhere at once
     */
    public void attach(int pid) throws IOException {
        if (members.dirs().size() < layout.boundHierarchies().size()) {
            throw new ErrnoException("open", Errno.ENOENT, path + " in some of the hierarchies");
        }
        Attachment.run(linux, members.dirs(), pid);
    }

    /**
     * Lets a user make cgroups below this one on v2, and use them: admin-guide/cgroup-v2.rst, section Delegation. Its limits
     * and all other control files stay out of that user's reach. On v1 nothing is given away: there the user could leave
     * for any other cgroup of his.
     *
     * @param mostBelow how many there may be, at any depth, 0 or more
     * @throws UnsupportedOperationException if no controller is bound to v2
     * @throws ErrnoException EPERM without CAP_SYS_ADMIN or CAP_CHOWN; it is to be deleted then
     */
    public void handOver(Identity user, int mostBelow) throws ErrnoException {
        CgroupDir unified = birthplace()
                .orElseThrow(() -> new UnsupportedOperationException(path + " is not on v2, where alone that is safe"));
        new Handover(linux, unified).to(user, mostBelow);
    }

    /** {@return the processes in the cgroup itself, ascending; 0 stands for those of another pid namespace} */
    public SortedSet<Integer> pids() throws ErrnoException {
        return members.direct();
    }

    /** {@return the same with those of all cgroups below} */
    public SortedSet<Integer> allPids() throws ErrnoException {
        return members.all();
    }

    /**
     * Stops all processes, those of cgroups below too, until {@link #thaw}.
     *
     * @throws FreezeTimeoutException if some still run after that time; then all run again
     * @throws IllegalStateException if this very process is among them
     * @throws UnsupportedOperationException if no freezer is bound, or before Linux 5.2 on v2
     */
    public void freeze(Duration patience) throws IOException {
        if (members.all().contains(linux.processes().pid())) {
            throw new IllegalStateException("this very process is in " + path + " and would freeze itself");
        }
        supportedFreezer().freeze(patience);
    }

    /**
     * Lets all processes go on.
     *
     * @throws UnsupportedOperationException as {@link #freeze}
     */
    public void thaw() throws ErrnoException {
        supportedFreezer().thaw();
    }

    /**
     * Sends SIGKILL to all processes, those of cgroups below too, stopped and traced ones as well; never to this very
     * process. Does not wait for their end.
     */
    public void kill() throws IOException {
        killer().kill(CgroupKiller.FREEZE_PATIENCE);
    }

    /**
     * Kills all processes and waits for their end. The cgroup stays, for its counters to be read. May be called again
     * after a failure.
     *
     * @param deadline how long at most, about
     * @throws CgroupBusyException if some are left then
     */
    public void killAll(Duration deadline) throws IOException {
        new CgroupRemoval(linux, members, killer()).empty(path, deadline);
    }

    /**
     * Kills all processes, waits for their end, and removes the cgroup with all below it in every hierarchy. A cgroup that
     * is gone already is no error. May be called again after a failure.
     *
     * @param deadline how long at most, about
     * @throws CgroupBusyException if something still holds it then
     */
    public void delete(Duration deadline) throws IOException {
        new CgroupRemoval(linux, members, killer()).run(path, deadline);
    }

    /** Closes the descriptors. */
    @Override
    public void close() {
        members.dirs().forEach(CgroupDir::close);
    }

    /** {@return the path, for messages} */
    @Override
    public String toString() {
        return "cgroup " + path;
    }

    private CgroupKiller killer() {
        return new CgroupKiller(linux, members, freezer());
    }

    private CgroupFreezer supportedFreezer() throws ErrnoException {
        Optional<CgroupFreezer> freezer = freezer();
        if (freezer.isEmpty() || !freezer.get().isSupported()) {
            throw new UnsupportedOperationException("no freezer for " + path + ": bind the controller freezer");
        }
        return freezer.get();
    }

    /** On v2 every cgroup can freeze, bound or not. */
    private Optional<CgroupFreezer> freezer() {
        return dir(Controller.FREEZER).or(this::birthplace).map(dir -> new CgroupFreezer(linux, dir));
    }

    private Optional<CgroupDir> dir(Controller controller) {
        return layout.hierarchyOf(controller).flatMap(hierarchy -> members.dirs().stream()
                .filter(dir -> dir.hierarchy().equals(hierarchy))
                .findFirst());
    }
}
