package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Ids become names of directories. */
class ContainerIdFuzzTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    @FuzzTest
    void of_anyText_isOneNameInADirectoryOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<ContainerId> id = Refusals.accepted(() -> ContainerId.of(text), IllegalArgumentException.class);

        assertThat(id.isPresent()).isEqualTo(isUsable(text));
        id.ifPresent(ContainerIdFuzzTest::requireOneName);
    }

    private static boolean isUsable(String text) {
        return !text.isEmpty()
                && text.length() <= 128
                && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && text.charAt(0) != '.'
                && text.charAt(0) != '-'
                && !isOfTheKernel(text);
    }

    private static boolean isOfTheKernel(String name) {
        return name.startsWith("cgroup.")
                || List.of("tasks", "notify_on_release", "release_agent").contains(name);
    }

    private static void requireOneName(ContainerId id) {
        Path directory = Path.of("/run/corral");
        Path own = directory.resolve(id.value()).normalize();
        assertThat(own.getParent()).isEqualTo(directory);
        assertThat(ContainerId.of(id.toString())).isEqualTo(id);
    }
}
