package org.corral.containerizer;

import java.util.Optional;

/**
 * An isolator that can be asked for on this host. Immutable.
 *
 * @param name its name, as {@code cgroups/cpu}
 * @param obstacle why it cannot work here; empty if it can
 * @param provider the class it comes from; empty for Corral's own
 */
public record OfferedIsolator(String name, Optional<String> obstacle, Optional<String> provider) {}
