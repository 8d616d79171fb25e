package org.corral.containerizer.isolator;

import static org.corral.linux.raw.Constants.MS_NODEV;
import static org.corral.linux.raw.Constants.MS_NOEXEC;
import static org.corral.linux.raw.Constants.MS_NOSUID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;

/**
 * {@code namespaces/ipc}: System V shared memory, semaphores and message queues of its own, and the POSIX ones with them:
 * those are files in {@code /dev/shm} and {@code /dev/mqueue}.
 */
public final class NamespacesIpc extends NamespaceIsolator {

    static final String NAME = "namespaces/ipc";

    private static final String SHARED_MEMORY = "/dev/shm";
    private static final String MESSAGE_QUEUES = "/dev/mqueue";
    private static final long FLAGS = MS_NOSUID | MS_NODEV | MS_NOEXEC;

    private final boolean hasSharedMemory;
    private final boolean hasMessageQueues;

    /** Makes it for what the host has of these. */
    public NamespacesIpc(Linux linux) {
        super(linux, NAME, Set.of(Namespace.IPC, Namespace.MOUNT));
        hasSharedMemory = Files.isDirectory(Path.of(SHARED_MEMORY));
        hasMessageQueues = Files.isDirectory(Path.of(MESSAGE_QUEUES));
    }

    @Override
    void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException {
        if (hasSharedMemory) {
            linux().namespaces().mount("corral", SHARED_MEMORY, "tmpfs", FLAGS, "mode=1777");
        }
        if (hasMessageQueues) {
            linux().namespaces().mount("corral", MESSAGE_QUEUES, "mqueue", FLAGS, null);
        }
    }
}
