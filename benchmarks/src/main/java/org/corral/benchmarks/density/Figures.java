package org.corral.benchmarks.density;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.corral.harness.Footprint;

/**
 * All that a run has found. Immutable. What it is called here it is called in the JSON and in the table; units are in the names, shares
 * are of one CPU.
 *
 * @param run what was done, and where
 * @param launch of all containers
 * @param steady while all lived
 * @param container what one takes in the agent
 * @param sampler what sampling one takes besides
 * @param samplerRows the part of that which is not the directories of its cgroup
 * @param agent what it held while all lived and were sampled
 * @param destroySeconds until nothing was left of any
 * @param left behind on the host
 */
record Figures(
        Setting run,
        Launch launch,
        @JsonUnwrapped SteadyState steady,
        PerContainer container,
        PerContainer sampler,
        PerContainer samplerRows,
        Agent agent,
        double destroySeconds,
        LeftBehind left) {

    /**
     * What was done, and where.
     *
     * @param date when it began, as ISO 8601
     * @param victims those of the containers that were to run out of memory
     * @param heapBytes that the agent may have
     */
    record Setting(
            String date,
            String kernel,
            String jdk,
            int cpus,
            long heapBytes,
            int containers,
            int victims,
            long seconds,
            long updateEverySeconds,
            double cpuShareAllowed,
            long seed) {

        static Setting of(Scenario scenario) {
            return new Setting(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    System.getProperty("os.version") + " " + System.getProperty("os.arch"),
                    Runtime.version().toString(),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory(),
                    scenario.containers(),
                    scenario.victims(),
                    scenario.time().toSeconds(),
                    scenario.updateEvery().toSeconds(),
                    scenario.cpuShare(),
                    scenario.seed());
        }
    }

    /**
     * What is measured while containers live.
     *
     * @param sampling by the plan
     * @param cpu of the agent
     * @param garbage collected
     * @param updates of all limits
     * @param oomKills by the kernel
     * @param passes for the plot
     */
    record SteadyState(
            Passes sampling, Cpu cpu, Garbage garbage, Updates updates, OomKills oomKills, List<PassPoint> passes) {}

    /** One after the other. */
    record Launch(double seconds, double perSecond, Percentiles each) {}

    /**
     * How the plan was kept to.
     *
     * @param planned passes
     * @param run passes; more than planned if the last OOM kill took longer
     * @param missed periods without a pass
     * @param skipped samples of one container, as the CPU share was used up
     * @param pass how long one takes, without the pauses between its slices
     */
    record Passes(long planned, long run, long missed, long skipped, Percentiles pass) {}

    /** Parts of one CPU: of the whole process, and what of that was whose. The witness is this harness's and no agent's. */
    record Cpu(double process, double sampler, double updates, double oomWitness) {}

    record Garbage(long collections, long millis) {}

    record Updates(long rounds, long failed, Percentiles each) {}

    record OomKills(long asked, long told, long missedEvents, Percentiles killToEvent, Percentiles killToGone) {}

    /**
     * Differences between two moments, divided by the number of containers.
     *
     * @param nativeBytes memory beside the heap: what is resident and no file's, the code that was compiled meanwhile taken in
     */
    record PerContainer(double heapBytes, double nativeBytes, double descriptors) {

        static PerContainer between(Footprint before, Footprint after, int containers) {
            double share = containers;
            return new PerContainer(
                    (after.heapBytes() - before.heapBytes()) / share,
                    (after.nativeBytes() - before.nativeBytes()) / share,
                    (after.descriptors() - before.descriptors()) / share);
        }
    }

    /**
     * All of the agent.
     *
     * @param emptyHeapBytes before the first container
     * @param hostBytesPerContainer by how much less memory the host could give, with all that the kernel holds for them
     */
    record Agent(long heapBytes, long emptyHeapBytes, int descriptors, int threads, double hostBytesPerContainer) {

        static Agent of(Footprint empty, Footprint full, int containers) {
            return new Agent(
                    full.heapBytes(),
                    empty.heapBytes(),
                    full.descriptors(),
                    full.threads(),
                    (empty.hostFreeBytes() - full.hostFreeBytes()) / (double) containers);
        }
    }

    /**
     * What should not be.
     *
     * @param containers that could not be destroyed as a whole
     * @param processes children of the agent
     */
    record LeftBehind(int containers, int cgroups, int processes, int files, int descriptors) {

        boolean isNothing() {
            return containers + cgroups + processes + files + descriptors == 0;
        }
    }

    /** {@return what was not as it should be, for people; empty if all was} */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        Passes sampling = steady.sampling;
        OomKills oomKills = steady.oomKills;
        complain(
                complaints,
                sampling.planned > sampling.run,
                (sampling.planned - sampling.run) + " passes did not come");
        complain(complaints, sampling.missed > 0, sampling.missed + " periods went by without a pass");
        complain(complaints, sampling.skipped > 0, sampling.skipped + " samples were skipped");
        complain(complaints, steady.updates.failed > 0, steady.updates.failed + " updates failed");
        complain(
                complaints,
                oomKills.told < oomKills.asked,
                (oomKills.asked - oomKills.told) + " OOM kills were not told");
        complain(complaints, oomKills.missedEvents > 0, oomKills.missedEvents + " events were missed");
        complain(complaints, !left.isNothing(), "something was left behind: " + left);
        return complaints;
    }

    private static void complain(List<String> complaints, boolean isSo, String what) {
        if (isSo) {
            complaints.add(what);
        }
    }
}
