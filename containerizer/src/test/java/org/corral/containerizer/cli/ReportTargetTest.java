package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTargetTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private ReportTarget target(String name) {
        return new ReportTarget(folder.resolve(name).toString());
    }

    @Test
    void write_dash_goesToStandardOutput() throws IOException {
        new ReportTarget("-").write("{}\n", out);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("{}\n");
    }

    @Test
    void write_olderReport_replacedAndNothingElseLeft() throws IOException {
        Files.writeString(folder.resolve("r.json"), "old");
        target("r.json").write("new", out);
        assertThat(folder.resolve("r.json")).hasContent("new");
        assertThat(folder).isDirectoryContaining("glob:**r.json").isDirectoryNotContaining("glob:**.r.json*");
    }

    @Test
    void write_link_staysALink() throws IOException {
        Files.writeString(folder.resolve("r.json"), "old");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("r.json"));
        target("link").write("new", out);
        assertThat(folder.resolve("link")).isSymbolicLink();
        assertThat(folder.resolve("r.json")).hasContent("new");
    }

    /** Whoever knows beforehand how the file is called that becomes the report could have put a link there. */
    @Test
    void write_linkByAGuessedName_isNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
        Files.createSymbolicLink(
                folder.resolve(".r.json." + ProcessHandle.current().pid()), elsewhere);
        target("r.json").write("new", out);
        assertThat(elsewhere).hasContent("mine");
        assertThat(folder.resolve("r.json")).hasContent("new");
    }

    @Test
    void write_device_isNotReplaced() throws IOException {
        new ReportTarget("/dev/null").write("{}", out);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void check_missingFolder_refusedWithPathAndRemedy() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> target("missing/r.json").check())
                .withMessageContaining("missing/r.json cannot be written: give a file");
    }

    @Test
    void check_folder_refused() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> target("").check());
    }

    @Test
    void check_newFile_allowedAndNotMade() {
        assertThatNoException().isThrownBy(() -> target("r.json").check());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void write_folderGoneMeanwhile_failureNamesTheReport() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> target("gone/r.json").write("{}", out))
                .withMessageContaining("could not be written");
    }
}
