package org.corral.cgroup.layout;

/**
 * The cgroup that is mounted, field 4 of a line of mountinfo: {@code /} where a whole hierarchy is. Immutable.
 *
 * @param path as seen from the root of the cgroup namespace; a mount made above that root has {@code /..} in it for each
 *     level, and the names of the levels between cannot be known
 */
record MountRoot(String path) {

    /** {@return a cgroup as seen from the mount point, {@code /} if it is outside of what is mounted there} */
    String seen(String cgroup) {
        String prefix = path.equals("/") ? "" : path;
        String rest = cgroup.startsWith(prefix) ? cgroup.substring(prefix.length()) : "";
        boolean inside = rest.startsWith("/") && !rest.equals("/..") && !rest.startsWith("/../");
        return inside ? rest : "/";
    }
}
