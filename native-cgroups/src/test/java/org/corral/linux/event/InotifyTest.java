package org.corral.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.IN_IGNORED;
import static org.corral.linux.raw.Constants.IN_MODIFY;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.WatchEvent;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private Path file;

    @BeforeEach
    void makeFile() throws Exception {
        file = Files.createFile(directory.resolve("memory.events"));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void drain_nothingHappened_isEmpty() throws Exception {
        try (Inotify inotify = Inotify.create(kernel.linux())) {
            inotify.add(file, IN_MODIFY);

            assertThat(inotify.drain()).isEmpty();
        }
    }

    @Test
    void drain_modifiedFile_tellsItsWatch() throws Exception {
        try (Inotify inotify = Inotify.create(kernel.linux())) {
            int watch = inotify.add(file, IN_MODIFY);
            Files.writeString(file, "oom 1");

            assertThat(inotify.drain()).contains(new WatchEvent(watch, IN_MODIFY));
            assertThat(inotify.drain()).isEmpty();
        }
    }

    @Test
    void remove_endedAlready_isNoError() throws Exception {
        try (Inotify inotify = Inotify.create(kernel.linux())) {
            int watch = inotify.add(file, IN_MODIFY);
            inotify.remove(watch);
            inotify.remove(watch);

            assertThat(inotify.drain()).containsExactly(new WatchEvent(watch, IN_IGNORED));
        }
    }

    @Test
    void remove_otherFailure_throws() throws Exception {
        try (Inotify inotify = Inotify.create(kernel.linux())) {
            kernel.fail("inotifyRemove", Errno.EBADF);

            assertThatThrownBy(() -> inotify.remove(1)).isInstanceOf(ErrnoException.class);
        }
    }

    @Test
    void add_missingFile_namesIt() throws Exception {
        try (Inotify inotify = Inotify.create(kernel.linux())) {
            assertThatThrownBy(() -> inotify.add(directory.resolve("absent"), IN_MODIFY))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("ENOENT")
                    .hasMessageContaining("absent");
        }
    }

    @Test
    void create_tooManyInstances_throws() {
        kernel.fail("inotifyCreate", Errno.EMFILE);

        assertThatThrownBy(() -> Inotify.create(kernel.linux())).hasMessageContaining("EMFILE");
    }
}
