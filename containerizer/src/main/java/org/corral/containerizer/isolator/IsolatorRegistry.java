package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.IsolatorProvider;

/** The isolators there are: Corral's own, and those that others have put on the class path. Immutable. */
public final class IsolatorRegistry {

    private final Map<String, RegisteredIsolator> isolators;

    private IsolatorRegistry(Map<String, RegisteredIsolator> isolators) {
        this.isolators = Collections.unmodifiableMap(isolators);
    }

    /**
     * {@return Corral's own, and those of the {@link IsolatorProvider}s that the thread's class loader finds}
     *
     * @throws IsolatorProviderException if one of these is broken, or gives its isolator a name that is taken
     */
    public static IsolatorRegistry load() throws IsolatorProviderException {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return load(ofThread == null ? IsolatorRegistry.class.getClassLoader() : ofThread);
    }

    /** {@return the same, with the providers of a class loader} */
    static IsolatorRegistry load(ClassLoader loader) throws IsolatorProviderException {
        return builtIn().with(ThirdPartyIsolators.find(loader));
    }

    /** {@return Corral's own alone} */
    public static IsolatorRegistry builtIn() {
        Map<String, RegisteredIsolator> own = new LinkedHashMap<>();
        BuiltInIsolators.all().forEach(isolator -> own.put(isolator.name(), isolator));
        return new IsolatorRegistry(own);
    }

    IsolatorRegistry with(List<RegisteredIsolator> others) throws IsolatorProviderException {
        Map<String, RegisteredIsolator> all = new LinkedHashMap<>(isolators);
        for (RegisteredIsolator other : others) {
            RegisteredIsolator taken = all.putIfAbsent(other.name(), other);
            if (taken != null) {
                throw new IsolatorProviderException(
                        other.provider().orElseThrow(),
                        "calls its isolator '" + other.name() + "', which is the name of one of "
                                + taken.provider().orElse("Corral's own"));
            }
        }
        return new IsolatorRegistry(all);
    }

    /** {@return all of them, Corral's own first} */
    public Collection<RegisteredIsolator> all() {
        return isolators.values();
    }

    /** {@return their names, Corral's own first} */
    public Set<String> names() {
        return isolators.keySet();
    }

    /**
     * {@return one of them}
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists those there are
     */
    public RegisteredIsolator get(String name) {
        RegisteredIsolator found = isolators.get(name);
        if (found == null) {
            throw new IllegalArgumentException("isolation '" + name + "' is unknown: give auto, or some of "
                    + String.join(",", names()) + "; for one of somebody else's, put its jar on the class path");
        }
        return found;
    }

    /**
     * Refuses what there is not.
     *
     * @throws IllegalArgumentException naming an isolator or an option that is unknown, and those there are
     */
    public void require(Isolation isolation, List<IsolatorOption> options) {
        isolation.names().forEach(this::get);
        for (IsolatorOption option : options) {
            Set<String> known = get(option.isolator()).options();
            if (!known.contains(option.key())) {
                throw new IllegalArgumentException("isolator option '" + option.place() + "' is unknown: "
                        + option.isolator() + " takes "
                        + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    /** {@return whether any of these works only with cgroups} */
    public boolean usesCgroups(Isolation isolation) {
        return isolation.names().stream().map(this::get).anyMatch(RegisteredIsolator::usesCgroups);
    }

    /**
     * Makes an isolator for one agent.
     *
     * @param options what was set for all of them
     * @throws IllegalArgumentException naming an option that cannot be used
     * @throws IsolatorProviderException if it is somebody else's and broken
     * @throws IOException if it cannot work here
     */
    public Isolator make(String name, IsolatorParts parts, List<IsolatorOption> options) throws IOException {
        Map<String, String> own = new HashMap<>();
        options.stream()
                .filter(option -> option.isolator().equals(name))
                .forEach(option -> own.put(option.key(), option.value()));
        return get(name).maker().make(parts, own);
    }
}
