package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.linux.disk.DiskWalk;
import org.corral.linux.raw.TreeCalls;
import org.corral.testing.Interception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private boolean isFirstWalk = true;

    @Test
    void look_endsAfterALaterWalk_theLaterCounts() throws Exception {
        DiskWatch[] watch = new DiskWatch[1];
        TreeCalls calls = Interception.of(TreeCalls.class, TreeCalls.ofThisHost(), call -> {
            if (call.name().equals("close") && isFirstWalk) {
                isFirstWalk = false;
                Files.write(directory.resolve("file"), new byte[MEBIBYTE]);
                watch[0].end();
            }
            return call.proceed();
        });
        watch[0] = new DiskWatch(new DiskWalk(calls), directory, Optional.empty());

        watch[0].look();

        assertThat(watch[0].usage().usedBytes().orElseThrow()).isGreaterThanOrEqualTo(MEBIBYTE);
    }
}
