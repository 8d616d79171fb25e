package org.corral.cgroup.controller;

/** Whether the processes of a cgroup run. */
public enum FreezerState {
    /** They run, or are about to. */
    THAWED,
    /** They were told to stop and some still run. */
    FREEZING,
    /** All are stopped. */
    FROZEN
}
