package org.corral.it;

import java.util.Optional;

/** Something users do, tried again and again, each time with another call to the kernel going wrong. */
interface FaultyOperation {

    /** {@return what it is, for reports} */
    String name();

    /** Makes what has to be there first. Nothing goes wrong meanwhile. */
    void prepare() throws Exception;

    /** Does it. One call goes wrong, of this thread or of another. */
    void run() throws Exception;

    /**
     * Sees to it that all is as it has to be, and does again what failed. Nothing goes wrong meanwhile.
     *
     * @param failure what {@link #run} threw, empty if it did not
     */
    void settle(Optional<Exception> failure) throws Exception;

    /** Removes what is there: nothing may be left after that. Nothing goes wrong meanwhile. */
    void end() throws Exception;
}
