package org.corral.linux.process;

import java.io.IOException;
import java.util.Optional;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls.Account;

/**
 * Whom a process runs as. Immutable.
 *
 * @param uid the user
 * @param gid the group
 */
public record Identity(int uid, int gid) {

    /**
     * {@return whom a command is to run as, empty if this process is that user already}
     *
     * @param user a name or a number, and after a {@code :} a group where it is not to be the user's own
     * @throws IOException if there is no such user or group, or this process may not become it
     */
    public static Optional<Identity> find(Linux linux, String user) throws IOException {
        String[] parts = user.split(":", 2);
        Account account = linux.accounts()
                .find(parts[0])
                .orElseThrow(() -> new IOException("user '" + parts[0] + "' is unknown on this host"));
        int own = linux.processes().effectiveUserId();
        if (account.uid() == own && parts.length == 1) {
            return Optional.empty();
        }
        if (own != 0) {
            throw new IOException("user '" + user + "' needs root, and this agent has uid " + own
                    + ": run it as root, or leave the user out");
        }
        return Optional.of(new Identity(account.uid(), parts.length == 1 ? account.gid() : groupId(linux, parts[1])));
    }

    private static int groupId(Linux linux, String group) throws IOException {
        return group.matches("\\d{1,9}")
                ? Integer.parseInt(group)
                : linux.accounts()
                        .groupByName(group)
                        .orElseThrow(() -> new IOException("group '" + group + "' is unknown on this host"));
    }

    /** {@return user and group, as chown(1) takes them} */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
