package org.corral.containerizer.lifecycle;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.ContributionConflictException;
import org.corral.core.isolator.Namespace;

/** What all isolators add to one launch, put together. The request's own wins over theirs. Confined to one thread. */
final class Contributions {

    private final LaunchRequest request;
    private final Map<String, Wish<String>> environment = new HashMap<>();
    private final Map<Rlimit, Wish<Rlimit.Limits>> rlimits = new HashMap<>();
    private final Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
    private final List<List<String>> preExec = new ArrayList<>();

    Contributions(LaunchRequest request) {
        this.request = request;
    }

    void add(String isolator, Contribution more) throws ContributionConflictException {
        for (Map.Entry<String, String> variable : more.environment().entrySet()) {
            if (!request.environment().containsKey(variable.getKey())) {
                add(environment, "environment variable ", variable, isolator);
            }
        }
        for (Map.Entry<Rlimit, Rlimit.Limits> limit : more.rlimits().entrySet()) {
            if (!request.rlimits().containsKey(limit.getKey())) {
                add(rlimits, "rlimit ", limit, isolator);
            }
        }
        namespaces.addAll(more.namespaces());
        preExec.addAll(more.preExec());
    }

    private static <K, V> void add(Map<K, Wish<V>> all, String kind, Map.Entry<K, V> wanted, String isolator)
            throws ContributionConflictException {
        Wish<V> other = all.putIfAbsent(wanted.getKey(), new Wish<>(isolator, wanted.getValue()));
        if (other != null && !other.value().equals(wanted.getValue())) {
            throw new ContributionConflictException(
                    kind + wanted.getKey(), other.isolator(), other.value(), isolator, wanted.getValue());
        }
    }

    /** {@return all of it: the variables with those of the request, the limits without, as somebody else sets these} */
    Contribution together() {
        Map<String, String> variables = values(environment);
        variables.putAll(request.environment());
        return new Contribution(variables, values(rlimits), namespaces, preExec);
    }

    private static <K, V> Map<K, V> values(Map<K, Wish<V>> all) {
        return all.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, wish -> wish.getValue()
                .value()));
    }

    private record Wish<V>(String isolator, V value) {}
}
