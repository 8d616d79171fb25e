package org.corral.containerizer.launcher;

/**
 * Whom a command runs as, where that is not the agent's own user. Immutable.
 *
 * @param uid the user
 * @param gid the group
 */
record Identity(int uid, int gid) {

    /** {@return user and group, as chown(1) takes them} */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
