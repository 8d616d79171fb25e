package org.corral.core;

import java.io.IOException;
import org.corral.core.unit.DataSize;

/** A container's memory limit was not lowered, because more is used than it would allow. */
public final class MemoryInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long wantedBytes;
    private final long usedBytes;

    /** Makes the refusal of a limit. */
    public MemoryInUseException(DataSize wanted, DataSize used) {
        super("the memory limit is not lowered to " + wanted.toHumanString() + ": " + used.toHumanString()
                + " are used; end something in the container, or choose another memory policy");
        this.wantedBytes = wanted.bytes();
        this.usedBytes = used.bytes();
    }

    /** {@return the limit that was asked for} */
    public DataSize wanted() {
        return DataSize.ofBytes(wantedBytes);
    }

    /** {@return what was used when it was looked at last} */
    public DataSize used() {
        return DataSize.ofBytes(usedBytes);
    }
}
