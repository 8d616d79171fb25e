package org.corral.containerizer.external.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.corral.containerizer.external.message.Mesos;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;

/**
 * What a container is to have, as resources of Mesos: {@code cpus}, a decimal number, and {@code mem}, in units of
 * 2<sup>20</sup> bytes. Mesos knows no other limits; {@code disk} and {@code ports} do not limit a container here.
 */
public final class ResourceMessages {

    private static final String CPUS = "cpus";
    private static final String MEM = "mem";
    private static final double MEGABYTE = 1 << 20;

    private ResourceMessages() {}

    /** {@return whether these resources can be told: CPUs and a memory limit, and nothing else} */
    public static boolean canTell(Resources resources) {
        return resources.equals(told(resources));
    }

    private static Resources told(Resources resources) {
        Resources told = Resources.NONE;
        if (resources.cpus().isPresent()) {
            told = told.withCpus(resources.cpus().get());
        }
        if (resources.memory().isPresent()) {
            told = told.withMemory(resources.memory().get());
        }
        return told;
    }

    /** {@return resources as messages; what Mesos does not know is left out} */
    public static List<Mesos.Resource> of(Resources resources) {
        List<Mesos.Resource> messages = new ArrayList<>();
        resources
                .cpus()
                .ifPresent(cpus -> messages.add(scalar(CPUS, cpus.nanoCpus() / (double) CpuAmount.NANOS_PER_CPU)));
        resources.memory().ifPresent(memory -> messages.add(scalar(MEM, memory.bytes() / MEGABYTE)));
        return messages;
    }

    private static Mesos.Resource scalar(String name, double value) {
        return Mesos.Resource.newBuilder()
                .setName(name)
                .setType(Mesos.Value.Type.SCALAR)
                .setScalar(Mesos.Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    /**
     * {@return what messages ask for, those of one name (for several roles) together}
     *
     * <p>An amount of zero is the least there is: Mesos gives such a container its smallest share and its smallest memory
     * limit, and no container without.
     *
     * @throws IllegalArgumentException naming an amount that cannot be used
     */
    public static Resources parse(List<Mesos.Resource> messages) {
        Resources resources = Resources.NONE;
        OptionalDouble cpus = sum(CPUS, messages);
        if (cpus.isPresent()) {
            resources = resources.withCpus(new CpuAmount(units(CPUS, cpus.getAsDouble(), CpuAmount.NANOS_PER_CPU)));
        }
        OptionalDouble mem = sum(MEM, messages);
        if (mem.isPresent()) {
            resources = resources.withMemory(DataSize.ofBytes(units(MEM, mem.getAsDouble(), MEGABYTE)));
        }
        return resources;
    }

    private static OptionalDouble sum(String name, List<Mesos.Resource> messages) {
        List<Mesos.Resource> named = messages.stream()
                .filter(message -> message.getName().equals(name) && message.hasScalar())
                .toList();
        return named.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(named.stream()
                        .mapToDouble(message -> message.getScalar().getValue())
                        .sum());
    }

    private static long units(String name, double amount, double perUnit) {
        double units = amount * perUnit;
        if (!(amount >= 0 && units < Long.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "resource " + name + " of " + amount + " cannot be given: ask for 0 or more");
        }
        return Math.max(1, Math.round(units));
    }
}
