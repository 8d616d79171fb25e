package org.corral.containerizer.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.core.LaunchException;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls.Account;

/**
 * Runs a command as another user, through util-linux {@code setpriv}: it executes the command in its own place, so no
 * process is added. Never by {@code setresuid} in a thread of the agent, which that user could then signal.
 */
final class UserChange {

    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private final Linux linux;

    UserChange(Linux linux) {
        this.linux = linux;
    }

    /**
     * {@return whom a command is to run as, empty if the agent is that user already}
     *
     * @param user a name or a number, and after a {@code :} a group where it is not to be the user's own
     * @throws LaunchException if there is no such user or group, or the agent may not become it
     */
    Optional<Identity> identity(String user) throws LaunchException {
        String[] parts = user.split(":", 2);
        Account account = find(parts[0]);
        int own = linux.processes().effectiveUserId();
        if (account.uid() == own && parts.length == 1) {
            return Optional.empty();
        }
        if (own != 0) {
            throw failed("user '" + user + "' needs root, and this agent has uid " + own + ": run it as root, or leave "
                    + "the user out");
        }
        return Optional.of(new Identity(account.uid(), parts.length == 1 ? account.gid() : groupId(parts[1])));
    }

    /** {@return what to put before the command} */
    static List<String> prefix(Identity wanted) throws LaunchException {
        return List.of(
                setpriv(),
                "--reuid=" + wanted.uid(),
                "--regid=" + wanted.gid(),
                "--init-groups",
                "--inh-caps=-all",
                "--");
    }

    private Account find(String user) throws LaunchException {
        return linux.accounts().find(user).orElseThrow(() -> failed("user '" + user + "' is unknown on this host"));
    }

    private int groupId(String group) throws LaunchException {
        return group.matches("\\d{1,9}")
                ? Integer.parseInt(group)
                : linux.accounts()
                        .groupByName(group)
                        .orElseThrow(() -> failed("group '" + group + "' is unknown on this host"));
    }

    private static String setpriv() throws LaunchException {
        return SETPRIV.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> failed("setpriv is missing, which changes the user: install util-linux"))
                .toString();
    }

    private static LaunchException failed(String message) {
        return new LaunchException(LaunchException.Kind.FAILED, message);
    }
}
