package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.ErrnoException;

/**
 * The {@code devices} controller of one cgroup: which devices its processes may open and make files for; anything else
 * fails with EPERM. What is open stays open. v1 has files for it; v2 needs an eBPF program, which Corral does not load.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}. Every method fails with ENODEV if the cgroup is gone.
 * Kernel: admin-guide/cgroup-v1/devices.rst.
 */
public final class DevicesController {

    private static final String ALLOW = "devices.allow";
    private static final String DENY = "devices.deny";
    private static final String LIST = "devices.list";

    private final ControlFiles files;

    private DevicesController(ControlFiles files) {
        this.files = files;
    }

    /** {@return the controller whose files these are} */
    public static DevicesController of(ControlFiles files) {
        return new DevicesController(files);
    }

    /**
     * Denies everything, then allows these one by one: {@code devices.deny}, {@code devices.allow}. Nothing is restored if
     * the kernel refuses one.
     *
     * <p>EPERM: without CAP_SYS_ADMIN, or a device that the cgroup above is denied. EINVAL: with cgroups below.
     *
     * @return what became of the denial and of each rule, up to the first that was refused
     */
    public List<KnobOutcome> restrictTo(List<DeviceRule> allowed) throws IOException {
        if (files.version() == CgroupVersion.V2) {
            return List.of(new KnobOutcome.Unsupported(
                    DENY, "a", "cgroup v2 needs an eBPF program for it, which Corral does not load"));
        }
        List<KnobOutcome> outcomes = new ArrayList<>();
        outcomes.add(write(DENY, "a"));
        for (DeviceRule rule : allowed) {
            if (outcomes.get(outcomes.size() - 1).isApplied()) {
                outcomes.add(write(ALLOW, rule.toString()));
            }
        }
        return outcomes.stream().allMatch(KnobOutcome::isApplied) ? readBack(outcomes, allowed) : outcomes;
    }

    private KnobOutcome write(String file, String value) throws IOException {
        try {
            String previous = files.read(LIST);
            files.write(file, value);
            return new KnobOutcome.Written(file, value, previous);
        } catch (ErrnoException e) {
            return Knob.outcomeOf(files, file, value, e);
        }
    }

    private List<KnobOutcome> readBack(List<KnobOutcome> outcomes, List<DeviceRule> allowed) throws IOException {
        String list = files.read(LIST);
        List<DeviceRule> listed = DeviceRule.parseLines(LIST, list);
        List<KnobOutcome> seen = new ArrayList<>(outcomes.subList(0, 1));
        for (int i = 0; i < allowed.size(); i++) {
            DeviceRule wanted = allowed.get(i);
            KnobOutcome.Written written = (KnobOutcome.Written) outcomes.get(i + 1);
            seen.add(
                    listed.stream().anyMatch(rule -> rule.covers(wanted))
                            ? written
                            : new KnobOutcome.Clamped(ALLOW, written.requested(), written.previous(), list));
        }
        return seen;
    }

    /**
     * {@return what is allowed, empty if there is no such file}
     *
     * @throws ControlFileFormatException if a line is no rule
     */
    public Optional<List<DeviceRule>> allowed() throws IOException {
        Optional<String> list = files.find(LIST);
        return list.isEmpty() ? Optional.empty() : Optional.of(DeviceRule.parseLines(LIST, list.get()));
    }
}
