package org.corral.cgroup.controller;

import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * The control files of one cgroup in one hierarchy.
 *
 * <p>Errors name the file's path and, of a write, the data.
 */
public interface ControlFiles {

    /** {@return which interface these files belong to} */
    CgroupVersion version();

    /**
     * {@return all of a file's text, without the final newline}
     *
     * @param file the file's name, as the kernel has it
     * @throws ErrnoException ENOENT if this kernel has no such file, ENODEV if the cgroup is gone
     */
    String read(String file) throws ErrnoException;

    /**
     * Writes a value with one write(2).
     *
     * @throws ErrnoException EINVAL if the kernel does not take the value, EBUSY if it contradicts the cgroup's state
     */
    void write(String file, String value) throws ErrnoException;

    /**
     * {@return the names of the files, sorted}
     *
     * @throws ErrnoException ENODEV or ENOENT if the cgroup is gone
     */
    List<String> names() throws ErrnoException;

    /** {@return a file's text, empty if this kernel does not have the file or does not support it} */
    default Optional<String> find(String file) throws ErrnoException {
        try {
            return Optional.of(read(file));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.kind() == FailureKind.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
