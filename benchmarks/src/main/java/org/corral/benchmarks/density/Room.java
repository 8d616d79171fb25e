package org.corral.benchmarks.density;

import java.io.IOException;

/**
 * How much of something the host lets be. Immutable.
 *
 * @param what it is, with the name of the limit
 * @param limit as it is
 * @param used already
 * @param remedy what raises the limit
 */
record Room(String what, long limit, long used, String remedy) {

    /**
     * Looks whether there is enough.
     *
     * @throws IOException if not, with the remedy
     */
    void require(long needed, int containers) throws IOException {
        if (limit - used < needed) {
            throw new IOException(what + " is " + limit + ", of which " + used + " are used, and " + containers
                    + " containers need " + needed + " more: " + remedy + ", or give a lower N");
        }
    }
}
