package org.corral.cgroup.layout;

import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;
import org.corral.core.KernelFiles;
import org.corral.linux.Linux;

/**
 * Decides where Corral may build its cgroups.
 *
 * <p>A cgroup tree has one owner. Where systemd is it, a process may build below a cgroup that systemd has delegated, and
 * nowhere else without risk: systemd moves processes and resets limits in what it owns. Source: systemd's
 * CGROUP_DELEGATION; kernel admin-guide/cgroup-v2.rst, section Delegation.
 */
public final class RootSelection {

    /** The option's value that leaves the choice to Corral. */
    public static final String AUTO = "auto";

    private static final String DIRECTORY = "corral";
    private static final String SYSTEMD_RUNS = "/run/systemd/system";
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._@:-]+");

    /** NAME_MAX of limits.h. */
    private static final int LONGEST_PART = 255;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private RootSelection() {}

    /**
     * Chooses the root.
     *
     * @param option {@code auto} or an absolute cgroup path, as {@code /corral} or {@code /a/b}
     * @param layout the hierarchies of the host
     * @throws IllegalArgumentException if the option is neither
     */
    public static CgroupRoot select(String option, CgroupLayout layout, Linux linux) {
        return option.equals(AUTO) ? automatic(layout, linux) : explicit(option);
    }

    private static CgroupRoot explicit(String option) {
        if (!option.startsWith("/")) {
            throw refused(option, "it does not start with /");
        }
        for (String part : option.substring(1).split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                throw refused(option, part.isEmpty() ? "it has an empty part" : "a part has other characters");
            }
            if (part.equals(".") || part.equals("..")) {
                throw refused(option, "a part is " + part);
            }
            if (KernelFiles.include(part)) {
                throw refused(option, "the kernel keeps " + part + " for a file of its own");
            }
            if (part.length() > LONGEST_PART) {
                throw refused(
                        option.substring(0, LONGEST_PART), "a part has more than " + LONGEST_PART + " characters");
            }
        }
        return new CgroupRoot(option, Optional.empty());
    }

    private static IllegalArgumentException refused(String option, String why) {
        String printable = CONTROL_CHARACTER.matcher(option).replaceAll("?");
        return new IllegalArgumentException("cgroup root \"" + printable + "\": " + why
                + "; give auto, or a path such as /corral or /a/b whose parts are of [A-Za-z0-9._@:-]");
    }

    private static CgroupRoot automatic(CgroupLayout layout, Linux linux) {
        boolean systemd = Files.isDirectory(linux.path(SYSTEMD_RUNS));
        Delegation delegation = new Delegation(layout, linux);
        Optional<String> delegated = systemd ? delegation.bySystemd() : Optional.empty();
        if (delegated.isPresent()) {
            return new CgroupRoot(below(delegated.get()), Optional.empty());
        }
        String path = below(owned(delegation, systemd).orElse("/"));
        return new CgroupRoot(path, systemd ? Optional.of(warning(path)) : Optional.empty());
    }

    /** What is above is systemd's where that runs: a slice of the user's manager may look like a cgroup handed over. */
    private static Optional<String> owned(Delegation delegation, boolean systemd) {
        return systemd ? delegation.own() : delegation.aboveOwn().or(delegation::own);
    }

    private static String below(String cgroup) {
        return cgroup.equals("/") ? "/" + DIRECTORY : cgroup + "/" + DIRECTORY;
    }

    private static String warning(String path) {
        return "systemd manages the cgroups of this host and may interfere with " + path
                + ": run Corral in a unit with Delegate=yes and DelegateSubgroup=agent";
    }
}
