package org.corral.containerizer.jfr;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.jspecify.annotations.Nullable;

/** A launch, from the call until the command runs or nothing is left of it. */
@Name("corral.ContainerLaunch")
@Label("Container Launch")
@Category("Corral")
@Description("A launch, from the call until the command runs or what was made for it is removed again")
@StackTrace(false)
public final class LaunchEvent extends Event {

    @Label("Container")
    @Nullable
    String container;

    @Label("Program")
    @Description("The first word of the command")
    @Nullable
    String program;

    @Label("Starting")
    @Description("Time until the container was written down")
    @Timespan(Timespan.NANOSECONDS)
    long starting;

    @Label("Preparing")
    @Description("Time in which the isolators prepared")
    @Timespan(Timespan.NANOSECONDS)
    long preparing;

    @Label("Isolating")
    @Description("Time in which the first process was made and the isolators took hold of it")
    @Timespan(Timespan.NANOSECONDS)
    long isolating;

    @Label("Releasing")
    @Description("Time until the kernel had executed the command")
    @Timespan(Timespan.NANOSECONDS)
    long releasing;

    @Label("Failed Stage")
    @Description("The stage in which the launch failed; null if it succeeded")
    @Nullable
    String failedStage;

    @Label("Failure")
    @Description("Why the launch failed; null if it succeeded")
    @Nullable
    String failure;

    /** Fills in a launch that went through all stages. */
    public LaunchEvent of(ContainerId id, List<String> command, Function<ContainerState, Duration> stages) {
        container = id.toString();
        program = command.get(0);
        starting = stages.apply(ContainerState.STARTING).toNanos();
        preparing = stages.apply(ContainerState.PREPARING).toNanos();
        isolating = stages.apply(ContainerState.ISOLATING).toNanos();
        releasing = stages.apply(ContainerState.RUNNING).toNanos();
        return this;
    }

    /** Fills in that it failed. */
    public LaunchEvent failedIn(ContainerState stage, Exception cause) {
        failedStage = stage.name().toLowerCase(Locale.ROOT);
        failure = cause.getMessage();
        return this;
    }
}
