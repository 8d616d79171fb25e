package org.corral.containerizer.jfr;

import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.corral.core.event.ContainerEvent;
import org.jspecify.annotations.Nullable;

/** That the kernel killed processes of a container because memory ran out. */
@Name("corral.OomKill")
@Label("OOM Kill")
@Category("Corral")
@Description("The kernel killed processes of a container because memory ran out")
@StackTrace(false)
final class OomKillEvent extends Event {

    private static final long NONE = -1;

    @Label("Container")
    @Nullable
    String container;

    @Label("Cause")
    @Description("Whose memory ran out: own-limit, ancestor-or-host, unknown")
    @Nullable
    String cause;

    @Label("Killed")
    @Description("Processes of the container that were killed until now")
    long killed;

    @Label("Limit")
    @Description("The container's own hard limit; -1 if it has none")
    @DataAmount
    long limit = NONE;

    @Label("Peak")
    @Description("The most that the container used at once; -1 if that is not known")
    @DataAmount
    long peak = NONE;

    OomKillEvent of(ContainerEvent.OomKilled kill) {
        container = kill.id().toString();
        cause = kill.cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
        killed = kill.killed();
        limit = kill.limitBytes().orElse(NONE);
        peak = kill.peakBytes().orElse(NONE);
        return this;
    }
}
