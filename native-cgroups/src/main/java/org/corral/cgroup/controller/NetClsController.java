package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;

/**
 * The {@code net_cls} controller of one cgroup: the class that packets of its processes bear, for filters of tc(8) and the
 * {@code cgroup} match of iptables. v1 alone has it; on v2 such a match takes the cgroup's path instead.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}. Every method fails with ENODEV if the cgroup is gone.
 * Kernel: admin-guide/cgroup-v1/net_cls.rst.
 */
public final class NetClsController {

    private static final String CLASSID = "net_cls.classid";

    private final ControlFiles files;

    private NetClsController(ControlFiles files) {
        this.files = files;
    }

    /** {@return the controller whose files these are} */
    public static NetClsController of(ControlFiles files) {
        return new NetClsController(files);
    }

    /** Sets the class, also of the sockets that processes in it have open: {@code net_cls.classid}. */
    public KnobOutcome setClassId(ClassId wanted) throws IOException {
        String number = Long.toString(wanted.number());
        return files.version() == CgroupVersion.V2
                ? new KnobOutcome.Unsupported(CLASSID, number, "cgroup v2 has no net_cls")
                : Knob.text(files, CLASSID, number).apply();
    }

    /**
     * {@return the class, empty if none is set or there is no such file}
     *
     * @throws ControlFileFormatException if the file holds what is no class
     */
    public Optional<ClassId> classId() throws IOException {
        long number = new ControlReader(files).number(CLASSID).orElse(0);
        if (number == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ClassId.of(number));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new ControlFileFormatException(CLASSID, Long.toString(number), "the number of a class");
        }
    }
}
