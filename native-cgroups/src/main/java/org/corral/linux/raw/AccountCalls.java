package org.corral.linux.raw;

import java.util.Optional;
import java.util.OptionalInt;

/** Users and groups of this host, from wherever its name service keeps them. Thread-safe. */
public interface AccountCalls {

    /** {@code struct passwd *getpwnam(const char *name)} — getpwnam(3). */
    Optional<Account> byName(String name);

    /** {@code struct passwd *getpwuid(uid_t uid)} — getpwnam(3). */
    Optional<Account> byId(int uid);

    /** {@return a user as people name one: by name, or by number} */
    default Optional<Account> find(String nameOrNumber) {
        return nameOrNumber.matches("\\d{1,9}") ? byId(Integer.parseInt(nameOrNumber)) : byName(nameOrNumber);
    }

    /** {@code struct group *getgrnam(const char *name)} — getgrnam(3): the number of a group. */
    OptionalInt groupByName(String name);

    /**
     * A user. Immutable.
     *
     * @param name the login name
     * @param uid the number
     * @param gid the number of the main group
     * @param home the home directory
     * @param shell the login shell
     */
    record Account(String name, int uid, int gid, String home, String shell) {}
}
