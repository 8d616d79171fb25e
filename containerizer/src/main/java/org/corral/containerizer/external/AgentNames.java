package org.corral.containerizer.external;

/**
 * The names that an agent of Mesos has, which programs and executors are told. Immutable.
 *
 * @param frameworkId whose containers they are
 * @param slaveId the agent
 * @param slavePid where executors find the agent, as {@code slave(1)@10.0.0.7:5051}
 */
public record AgentNames(String frameworkId, String slaveId, String slavePid) {

    /** What an agent says that is none of Mesos's: its executors have nobody to report to. */
    public static final AgentNames NONE = new AgentNames("corral", "corral", "corral@127.0.0.1:0");
}
