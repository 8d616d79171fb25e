package org.corral.core.event;

/**
 * Is told what happens to containers.
 *
 * <p>Both methods are called on one thread of the subscription, one call after the other. They may block: the containers
 * do not wait for them, and what does not fit into the subscription's queue meanwhile is counted as missed.
 */
@FunctionalInterface
public interface ContainerListener {

    /** Something happened. An exception is logged, and the next event told. */
    void happened(ContainerEvent event);

    /**
     * Events were lost here, because this listener was slow.
     *
     * @param count how many, 1 or more
     */
    default void missed(long count) {}
}
