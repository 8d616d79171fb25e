package org.corral.core.event;

/** Where one can listen to what happens to containers. Thread-safe. */
public interface ContainerEvents {

    /** How many events a listener may be behind where it does not say. */
    int DEFAULT_CAPACITY = 1024;

    /**
     * Tells a listener all that happens from now on.
     *
     * @param capacity how many events it may be behind before some are lost and counted, 1 or more
     */
    Subscription subscribe(ContainerListener listener, int capacity);

    /** Tells a listener all that happens from now on; it may be {@value #DEFAULT_CAPACITY} events behind. */
    default Subscription subscribe(ContainerListener listener) {
        return subscribe(listener, DEFAULT_CAPACITY);
    }

    /** A listener's being told. Thread-safe. */
    interface Subscription extends AutoCloseable {

        /**
         * Ends it, once the listener was told what had happened before; a listener that blocks is waited for a few seconds
         * and not longer. A second call does nothing.
         */
        @Override
        void close();
    }
}
