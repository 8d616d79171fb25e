package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"0:0", "8:16", "254:0", "4095:1048575"})
    void parse_number_printsTheSame(String text) {
        assertThat(DeviceNumber.isForm(text)).isTrue();
        assertThat(DeviceNumber.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8:", ":0", "-1:0", "8:0 ", "a:b", "8:0:1", "/dev/sda", "99999:0"})
    void parse_otherText_refused(String text) {
        assertThat(DeviceNumber.isForm(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceNumber.parse(text))
                .withMessageContainingAll("'" + text + "'", "as 8:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4096:0", "0:1048576"})
    void parse_numberThatNoKernelHas_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeviceNumber.parse(text))
                .withMessageContaining("device " + text + " is out of range");
    }

    @Test
    void find_textOfTheKernels_isANumberOrNone() {
        assertThat(DeviceNumber.find("4095:1048575")).contains(new DeviceNumber(4095, 1_048_575));
        assertThat(List.of("8", "8:0 ", "a:b", "4096:0", "0:1048576", "9999:9999999"))
                .allSatisfy(text -> assertThat(DeviceNumber.find(text)).isEmpty());
    }

    @Test
    void compareTo_numbers_notAsText() {
        assertThat(new TreeSet<>(List.of(new DeviceNumber(10, 0), new DeviceNumber(8, 16), new DeviceNumber(8, 2))))
                .extracting(DeviceNumber::toString)
                .containsExactly("8:2", "8:16", "10:0");
    }
}
