package org.corral.containerizer.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls.Account;

/** The few variables that a command has without being asked for. The agent's others may be secrets. */
final class BasicEnvironment {

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Set<String> OF_THE_USER = Set.of("HOME", "USER", "LOGNAME", "SHELL");
    private static final Set<String> OF_THE_TERMINAL = Set.of("TERM", "LANG", "LANGUAGE");

    private final Linux linux;
    private final Map<String, String> callers;

    BasicEnvironment(Linux linux, Map<String, String> callers) {
        this.linux = linux;
        this.callers = callers;
    }

    /**
     * {@return the variables}
     *
     * @param user the name or number of another user, perhaps with {@code :} and a group; empty for the caller's own
     * @throws IllegalArgumentException if there is no such user
     */
    Map<String, String> variables(Optional<String> user) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", callers.getOrDefault("PATH", DEFAULT_PATH));
        callers.forEach((name, value) -> {
            if (OF_THE_TERMINAL.contains(name) || name.startsWith("LC_")) {
                variables.put(name, value);
            }
        });
        variables.putAll(user.isPresent() ? of(account(user.get())) : own());
        return variables;
    }

    /** Most callers have them all, and then nobody needs to be asked who they are. */
    private Map<String, String> own() {
        Map<String, String> variables = new HashMap<>();
        if (!callers.keySet().containsAll(OF_THE_USER)) {
            linux.accounts()
                    .byId(linux.processes().effectiveUserId())
                    .ifPresent(account -> variables.putAll(of(account)));
        }
        OF_THE_USER.forEach(name -> {
            String value = callers.get(name);
            if (value != null) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private static Map<String, String> of(Account account) {
        return Map.of(
                "HOME", account.home(), "USER", account.name(), "LOGNAME", account.name(), "SHELL", account.shell());
    }

    private Account account(String user) {
        String withoutGroup = user.split(":", 2)[0];
        return linux.accounts()
                .find(withoutGroup)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--user " + user + " is unknown on this host: give the name or number of an existing user"));
    }
}
