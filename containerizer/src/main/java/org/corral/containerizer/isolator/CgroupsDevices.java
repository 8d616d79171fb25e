package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.corral.cgroup.controller.DeviceRule;
import org.corral.cgroup.controller.DevicesController;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;

/**
 * {@code cgroups/devices}: a container may use the devices that any program needs, and those that the operator adds;
 * opening another one fails with EPERM. Making device files is allowed, since opening them is not.
 */
public final class CgroupsDevices extends ControllerIsolator {

    static final String NAME = "cgroups/devices";

    /** The key that an operator allows more devices by. */
    static final String ALLOW = "allow";

    /** Those that Mesos allows, by the numbers of the kernel's admin-guide/devices.txt. */
    private static final List<DeviceRule> ALWAYS = Stream.of(
                    "c *:* m", // any file may be made
                    "b *:* m",
                    "c 5:1 rwm", // /dev/console
                    "c 4:0 rwm", // /dev/tty0
                    "c 4:1 rwm", // /dev/tty1
                    "c 5:0 rwm", // /dev/tty
                    "c 136:* rwm", // /dev/pts/*
                    "c 5:2 rwm", // /dev/ptmx
                    "c 10:200 rwm", // /dev/net/tun
                    "c 1:3 rwm", // /dev/null
                    "c 1:5 rwm", // /dev/zero
                    "c 1:7 rwm", // /dev/full
                    "c 1:8 rwm", // /dev/random
                    "c 1:9 rwm") // /dev/urandom
            .map(DeviceRule::parse)
            .toList();

    private final List<DeviceRule> allowed = new ArrayList<>(ALWAYS);

    /**
     * Makes it.
     *
     * @param options {@code allow}: more devices, rules as the kernel has them separated by commas
     * @throws IllegalArgumentException naming a rule that is none
     */
    public CgroupsDevices(ContainerCgroups cgroups, Map<String, String> options) {
        super(NAME, cgroups, Controller.DEVICES);
        if (options.containsKey(ALLOW)) {
            for (String rule : options.get(ALLOW).split(",", -1)) {
                allowed.add(parse(rule.strip()));
            }
        }
    }

    private static DeviceRule parse(String rule) {
        try {
            return DeviceRule.parse(rule);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("isolator option " + NAME + ":" + ALLOW + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        DevicesController devices = DevicesController.of(files(id));
        Outcomes.require(devices.restrictTo(allowed));
        return Contribution.NONE;
    }
}
