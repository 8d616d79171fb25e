package org.corral.linux;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What is made for its owner alone, whatever the umask: to be given to {@link java.nio.file.Files}. */
public final class OwnerOnly {

    /** A file that nobody else can read or write. */
    public static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");

    /** A directory that nobody else can look into. */
    public static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = attribute("rwx------");

    private OwnerOnly() {}

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
