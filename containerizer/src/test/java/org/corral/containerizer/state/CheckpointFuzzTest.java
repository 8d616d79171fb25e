package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.TerminationReason;
import org.corral.core.testing.Refusals;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints, which an agent must survive to read whatever is in them: it recovers by them. */
class CheckpointFuzzTest {

    private static final Path FILE = Path.of("state.json");

    private final CheckpointFile file = new CheckpointFile();

    static List<byte[]> written() throws IOException {
        Checkpoint plain = Checkpoints.of(ContainerId.of("web"));
        Checkpoint wished = Checkpoints.of(ContainerId.of("a").child("b"))
                .withInit(new ProcessIdentity(200, 2000))
                .withWish(TerminationReason.TIMEOUT);
        return List.of(new CheckpointFile().format(plain), new CheckpointFile().format(wished));
    }

    @MethodSource("written")
    @FuzzTest
    void parse_anyBytes_areACheckpointOrRefused(byte[] input) throws Exception {
        Optional<Checkpoint> checkpoint = Refusals.accepted(() -> file.parse(input, FILE), IOException.class);
        Optional<Optional<TerminationReason>> wish = Refusals.accepted(() -> file.wish(input, FILE), IOException.class);

        if (checkpoint.isPresent()) {
            assertThat(file.parse(file.format(checkpoint.get()), FILE)).isEqualTo(checkpoint.get());
            wish.ifPresent(read -> assertThat(read).isEqualTo(checkpoint.get().wish()));
        }
    }
}
