package org.corral.it;

import java.io.IOException;
import java.util.List;

/** A kind of thing that a test can leave behind on the host. */
interface Trace {

    /** {@return what is left at this moment, each told so that a person can find it} */
    List<String> left() throws IOException;

    /** Removes what is left, as far as that can be done from outside of the test. */
    void remove() throws IOException;
}
