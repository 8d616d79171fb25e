package org.corral.linux;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the running kernel and C library can do for this process. Found out by doing it: version numbers know neither of
 * features that a distribution added nor of filters that forbid them. Immutable.
 */
public final class KernelFeatures {

    private final Map<Feature, FeatureStatus> statuses;

    private KernelFeatures(Map<Feature, FeatureStatus> statuses) {
        this.statuses = statuses;
    }

    /**
     * Tries each feature once, which takes some milliseconds and leaves nothing behind. No failure is thrown: all become
     * causes, EMFILE as well, so probe before descriptors are scarce.
     */
    public static KernelFeatures probe(Linux linux) {
        Map<Feature, FeatureStatus> statuses = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            statuses.put(feature, probe(linux, feature));
        }
        return new KernelFeatures(statuses);
    }

    /** Tries one feature, as {@link #probe(Linux)} does all. */
    public static FeatureStatus probe(Linux linux, Feature feature) {
        return new FeatureStatus(feature, new FeatureProbe(linux).causeOfAbsence(feature));
    }

    /** {@return whether a feature can be used} */
    public boolean has(Feature feature) {
        return status(feature).isAvailable();
    }

    /** {@return whether a feature can be used, and the cause if it cannot} */
    public FeatureStatus status(Feature feature) {
        return Objects.requireNonNull(statuses.get(feature), "probe fills in every feature");
    }

    /** {@return all features, in the order of {@link Feature}} */
    public List<FeatureStatus> all() {
        return List.copyOf(statuses.values());
    }

    /** {@return one line for each feature} */
    @Override
    public String toString() {
        return statuses.values().toString();
    }
}
