package org.corral.containerizer.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.core.LaunchException;
import org.corral.linux.process.Identity;

/**
 * Runs a command as another user, through util-linux {@code setpriv}: it executes the command in its own place, so no
 * process is added. Never by {@code setresuid} in a thread of the agent, which that user could then signal.
 */
final class UserChange {

    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private UserChange() {}

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

    private static String setpriv() throws LaunchException {
        return SETPRIV.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new LaunchException(
                        LaunchException.Kind.FAILED, "setpriv is missing, which changes the user: install util-linux"))
                .toString();
    }
}
