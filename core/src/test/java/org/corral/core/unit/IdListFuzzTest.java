package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import org.corral.core.testing.Refusals;

/** Lists of CPUs and memory nodes, which people and kernels write, against a plain reader of them. */
class IdListFuzzTest {

    private static final int MOST = 65_535;

    @FuzzTest
    void parse_anyText_isAsPlainlyReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<IdList> list = Refusals.accepted(() -> IdList.parse(text), IllegalArgumentException.class);

        assertThat(list.map(IdListFuzzTest::bits)).isEqualTo(plain(text.strip()));
        list.ifPresent(known ->
                assertThat(IdList.parse(known.toString()).equals(known)).isTrue());
    }

    private static BitSet bits(IdList list) {
        BitSet bits = new BitSet();
        list.ids().forEach(bits::set);
        return bits;
    }

    private static Optional<BitSet> plain(String text) {
        BitSet bits = new BitSet();
        if (text.isEmpty()) {
            return Optional.of(bits);
        }
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(dash < 0 ? range : range.substring(0, dash));
            int last = number(range.substring(dash + 1));
            if (first < 0 || last < first) {
                return Optional.empty();
            }
            bits.set(first, last + 1);
        }
        return Optional.of(bits);
    }

    /** {@return the number, below 0 if it is none that an id can have} */
    private static int number(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number <= MOST ? number : -1;
    }
}
