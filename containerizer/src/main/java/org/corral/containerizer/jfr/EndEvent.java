package org.corral.containerizer.jfr;

import java.util.Locale;
import java.util.Optional;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.jspecify.annotations.Nullable;

/** The end of a container, from the beginning of its destruction until nothing of it is left, or that has failed. */
@Name("corral.ContainerEnd")
@Label("Container End")
@Category("Corral")
@Description("The end of a container: its last processes are ended, its use is read, its traces are removed")
@StackTrace(false)
public final class EndEvent extends Event {

    /** Stands for what there is not. */
    static final int NONE = -1;

    @Label("Container")
    @Nullable
    String container;

    @Label("Reason")
    @Description("Why the container ended, as in a report; null if its end failed")
    @Nullable
    String reason;

    @Label("Lifetime")
    @Description("Time from the release of the first process to the end of the last one")
    @Timespan(Timespan.NANOSECONDS)
    long lifetime;

    @Label("Exit Code")
    @Description("Of the first process; -1 if it did not exit by itself, or that is not known")
    int exitCode = NONE;

    @Label("Signal")
    @Description("That ended the first process; -1 if none did, or that is not known")
    int signal = NONE;

    @Label("Failure")
    @Description("Why the end failed; null if nothing is left of the container")
    @Nullable
    String failure;

    /** Fills in an end. */
    public EndEvent of(Termination termination) {
        container = termination.id().toString();
        reason = termination.reason().name().toLowerCase(Locale.ROOT);
        lifetime = termination.wall().toNanos();
        Optional<ExitStatus> status = termination.status();
        if (status.isPresent() && status.get() instanceof ExitStatus.Exited exited) {
            exitCode = exited.code();
        } else if (status.isPresent() && status.get() instanceof ExitStatus.Signaled signaled) {
            signal = signaled.signal();
        }
        return this;
    }

    /** Fills in an attempt that failed; it may be made again. */
    public EndEvent failed(ContainerId id, Exception cause) {
        container = id.toString();
        failure = cause.getMessage();
        return this;
    }
}
