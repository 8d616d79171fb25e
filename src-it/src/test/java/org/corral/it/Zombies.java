package org.corral.it;

import java.io.IOException;
import org.corral.linux.Linux;

/** Children of this process that have ended. An agent reaps what it launched itself: not what one launched that was closed before. */
final class Zombies {

    private Zombies() {}

    /** Reaps them all; to be called where no agent of this process has containers. */
    static void reap() throws IOException {
        Linux linux = Linux.ofThisHost();
        for (ProcessEntry entry : ProcessEntry.descendantsOf(linux.processes().pid())) {
            if (entry.state().equals("Z")) {
                Killer.killAndReap(linux, entry.pid());
            }
        }
    }
}
