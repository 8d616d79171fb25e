package org.corral.containerizer.cli;

/** Tells of signals to this process, instead of ending it. */
interface SignalSource {

    /**
     * Calls a reaction, on a thread of its own, each time the signal comes. A signal that this process was started to
     * ignore stays ignored.
     *
     * @return ends it
     */
    Registration on(Signal signal, Runnable reaction);

    /** A reaction to a signal. */
    interface Registration extends AutoCloseable {

        /** Gives the signal its earlier effect back. */
        @Override
        void close();
    }
}
