package org.corral.linux.raw;

import java.util.Optional;
import java.util.OptionalInt;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;
import org.jspecify.annotations.Nullable;

/** {@link AccountCalls} through jnr-posix, made at first use: most runs need no account. */
final class JnrAccountCalls implements AccountCalls {

    /** The calls return static memory of the C library, hence one at a time. */
    private @Nullable POSIX posix;

    @Override
    public synchronized Optional<Account> byName(String name) {
        return Optional.ofNullable(posix().getpwnam(name)).map(JnrAccountCalls::copy);
    }

    @Override
    public synchronized Optional<Account> byId(int uid) {
        return Optional.ofNullable(posix().getpwuid(uid)).map(JnrAccountCalls::copy);
    }

    @Override
    public synchronized OptionalInt groupByName(String name) {
        Group group = posix().getgrnam(name);
        return group == null ? OptionalInt.empty() : OptionalInt.of((int) group.getGID());
    }

    private POSIX posix() {
        if (posix == null) {
            posix = POSIXFactory.getNativePOSIX();
        }
        return posix;
    }

    private static Account copy(Passwd entry) {
        return new Account(
                entry.getLoginName(), (int) entry.getUID(), (int) entry.getGID(), entry.getHome(), entry.getShell());
    }
}
