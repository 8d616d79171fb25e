package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.corral.core.LaunchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramLookupTest {

    @TempDir
    Path directory;

    private Path program(String path, String mode) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private ProgramLookup along(String path) {
        return new ProgramLookup(directory, Optional.of(path));
    }

    private static void assertFails(ProgramLookup lookup, String program, int exitCode) {
        assertThatThrownBy(() -> lookup.find(program))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.kind().exitCode()).isEqualTo(exitCode))
                .hasMessageContaining("'" + program + "'");
    }

    @Test
    void find_alongThePath_takesTheFirst() throws Exception {
        Path first = program("a/tool", "rwxr-xr-x");
        program("b/tool", "rwxr-xr-x");

        assertThat(along(directory.resolve("a") + ":" + directory.resolve("b")).find("tool"))
                .isEqualTo(first);
    }

    @Test
    void find_notExecutableFirst_takesTheNext() throws Exception {
        program("a/tool", "rw-r--r--");
        Files.createDirectories(directory.resolve("c/tool"));
        Path next = program("b/tool", "rwxr-xr-x");

        assertThat(along("a:c:b").find("tool")).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":/absent", "/absent:", "/absent::/absent2"})
    void find_emptyElement_isTheWorkingDirectory(String path) throws Exception {
        Path here = program("tool", "rwxr-xr-x");

        assertThat(along(path).find("tool")).isEqualTo(here);
    }

    @Test
    void find_noPath_looksWhereGlibcLooks() throws Exception {
        assertThat(new ProgramLookup(directory, Optional.empty()).find("sh")).isEqualTo(Path.of("/bin/sh"));
    }

    @Test
    void find_nameWithSlash_isRelativeToTheWorkingDirectory() throws Exception {
        Path file = program("sub/tool", "rwxr-xr-x");

        assertThat(along("").find("sub/tool")).isEqualTo(file);
        assertThat(along("").find(file.toString())).isEqualTo(file);
    }

    @Test
    void find_missing_is127() {
        assertFails(along("/absent"), "tool", 127);
        assertFails(along("/absent"), "./tool", 127);
        assertFails(along("/absent"), "/absent/tool", 127);
    }

    @Test
    void find_danglingLink_is127() throws Exception {
        Files.createSymbolicLink(directory.resolve("tool"), directory.resolve("absent"));

        assertFails(along(""), "./tool", 127);
        assertFails(along(""), "tool", 127);
    }

    @Test
    void find_scriptWithoutX_is126() throws Exception {
        program("a/tool", "rw-rw-rw-");

        assertFails(along("a:/absent"), "tool", 126);
        assertFails(along(""), "a/tool", 126);
    }

    @Test
    void find_directory_is126ByPathAnd127ByName() throws Exception {
        Files.createDirectories(directory.resolve("tool"));

        assertFails(along(""), "./tool", 126);
        assertFails(along(""), "tool", 127);
    }
}
