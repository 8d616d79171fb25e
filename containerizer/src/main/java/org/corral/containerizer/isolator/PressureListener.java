package org.corral.containerizer.isolator;

import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;

/** Is told that memory is short, on the poller's thread: it must not block nor throw. */
@FunctionalInterface
interface PressureListener {

    /** Memory is that short; {@code counts} are of all levels until now. */
    void pressed(PressureLevel level, PressureUsage counts);
}
