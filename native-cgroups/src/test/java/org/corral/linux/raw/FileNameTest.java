package org.corral.linux.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    private static byte[] encoded(String text) {
        byte[] terminated = FileName.encodeTerminated(text);
        assertThat(terminated).endsWith((byte) 0);
        return Arrays.copyOf(terminated, terminated.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ü€😀", "a😀", "\u00a0", "\ufffd"})
    void decode_text_isThatText(String text) {
        assertThat(FileName.decode(text.getBytes(UTF_8))).isEqualTo(text);
        assertThat(encoded(text)).isEqualTo(text.getBytes(UTF_8));
    }

    /** The check for slashes and dots of whoever got the text would not see what it stands for. */
    @ParameterizedTest
    @ValueSource(strings = {"\udc2e\udc2e\udc2fa", "a\udc2f", "\udc41"})
    void encode_surrogateForAPlainCharacter_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileName.encodeTerminated(text))
                .withMessageContaining("surrogate");
    }

    /** Half of it is the surrogate that would stand for a slash. */
    @Test
    void encode_characterBeyondTheBasicPlane_isThatCharacter() {
        String tiger = Character.toString(0x1f42f);

        assertThat(encoded(tiger)).isEqualTo(tiger.getBytes(UTF_8));
    }

    /** Each char is a byte: cut off and overlong sequences, surrogates, bytes that UTF-8 never has, controls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ff",
                "\u0080",
                "\u00c3",
                "\u00e2\u0082",
                "\u00f0\u009f\u0098",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f8\u0088\u0080\u0080\u0080",
                "a\u00ffb\u00fe",
                "\u00c3\u00bc\u00ff",
                "\n",
                "\u001b[31m",
                "\u007f",
                "\u00c2\u0085"
            })
    void decode_anyBytes_holdNoControlsAndComeBack(String bytes) {
        byte[] name = bytes.getBytes(ISO_8859_1);

        String text = FileName.decode(name);

        assertThat(text).isNotEmpty().matches(shown -> shown.chars().noneMatch(Character::isISOControl));
        assertThat(encoded(text)).isEqualTo(name);
    }

    @Test
    void decode_everyByteInEveryPlace_comesBackAndNoTwoAlike() {
        for (int first = 1; first <= 0xff; first++) {
            for (int second = 1; second <= 0xff; second++) {
                byte[] name = {(byte) first, (byte) second};
                assertThat(encoded(FileName.decode(name))).isEqualTo(name);
            }
        }
    }

    @Test
    void decode_noUtf8_isASurrogateForEachByte() {
        assertThat(FileName.decode(new byte[] {'a', (byte) 0xff, 7})).isEqualTo("a\udcff\udc07");
    }

    @Test
    void encode_nul_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FileName.encodeTerminated("a\0b"));
    }
}
