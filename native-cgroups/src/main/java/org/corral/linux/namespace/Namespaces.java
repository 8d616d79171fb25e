package org.corral.linux.namespace;

import java.io.IOException;
import java.util.Set;
import org.corral.core.isolator.Namespace;

/**
 * Namespaces that a thread can go into, to make a child there or to do something there itself. A thread that went never
 * comes back: it does what it is for and ends.
 */
public interface Namespaces {

    /** Those that the thread is in already. */
    Namespaces OF_THE_AGENT = new Namespaces() {
        @Override
        public Set<Namespace> kinds() {
            return Set.of();
        }

        @Override
        public void enter() {}
    };

    /** {@return the kinds that are others than the thread's} */
    Set<Namespace> kinds();

    /**
     * Puts the calling thread into them; into its children's, for {@link Namespace#PID}.
     *
     * @throws IOException EPERM without CAP_SYS_ADMIN; the thread may be in some of them
     */
    void enter() throws IOException;
}
