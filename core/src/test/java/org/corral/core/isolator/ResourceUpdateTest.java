package org.corral.core.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;

class ResourceUpdateTest {

    private static final Resources BEFORE =
            Resources.NONE.withMemory(DataSize.ofMebibytes(64)).withPids(20);

    @Test
    void of_absentAmounts_stayAsTheyWere() {
        ResourceUpdate update = ResourceUpdate.of(Resources.NONE.withPids(30), BEFORE, MemoryLowering.KEEP);

        assertThat(update.wanted()).isEqualTo(BEFORE.withPids(30));
        assertThat(update.before()).isEqualTo(BEFORE);
    }

    /** Else a limit that was kept at an earlier update would be lowered by one that is about something else. */
    @Test
    void of_nothingOfMemory_noMemoryIsLowered() {
        for (MemoryLowering lowering : MemoryLowering.values()) {
            assertThat(ResourceUpdate.of(Resources.NONE.withPids(30), BEFORE, lowering)
                            .memory())
                    .isEqualTo(MemoryLowering.KEEP);
        }
    }

    @Test
    void of_memoryOrItsSumWithSwap_isLoweredAsAsked() {
        Resources less = Resources.NONE.withMemory(DataSize.ofMebibytes(32));
        Resources noSwap = Resources.NONE.withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(64)));

        for (Resources asked : List.of(less, noSwap)) {
            assertThat(ResourceUpdate.of(asked, BEFORE, MemoryLowering.RECLAIM).memory())
                    .isEqualTo(MemoryLowering.RECLAIM);
        }
    }
}
