package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;

/**
 * The pressure stall information of one cgroup. v2 alone has it, in every cgroup and without a controller.
 *
 * <p>Absent on v1, in kernels built without PSI, and where it was switched off at boot ({@code psi=0}) or with
 * {@code cgroup.pressure}. Every method fails with ENODEV if the cgroup is gone. As thread-safe as its
 * {@link ControlFiles}. Kernel: accounting/psi.rst.
 *
 * @param files the cgroup's files
 */
public record PressureFiles(ControlFiles files) {

    /** {@return the waiting for a CPU: {@code cpu.pressure}} */
    public Optional<Pressure> cpu() throws IOException {
        return read("cpu.pressure");
    }

    /** {@return the waiting for memory: {@code memory.pressure}} */
    public Optional<Pressure> memory() throws IOException {
        return read("memory.pressure");
    }

    /** {@return the waiting for block devices: {@code io.pressure}} */
    public Optional<Pressure> io() throws IOException {
        return read("io.pressure");
    }

    private Optional<Pressure> read(String file) throws IOException {
        Optional<String> text = files.find(file);
        return text.isEmpty() ? Optional.empty() : Optional.of(Pressure.parse(file, text.get()));
    }
}
