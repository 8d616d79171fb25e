package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.corral.cgroup.controller.ClassId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetClsHandlesTest {

    private static NetClsHandles pool(int first, int last, Integer... reserved) {
        return new NetClsHandles(0x10, new HandleRange(first, last), List.of(reserved));
    }

    private static ClassId handle(int minor) {
        return new ClassId(0x10, minor);
    }

    @Test
    void take_again_givesEachOnce() throws Exception {
        NetClsHandles pool = pool(1, 3);

        assertThat(List.of(pool.take(), pool.take(), pool.take())).containsExactly(handle(1), handle(2), handle(3));
        assertThatThrownBy(pool::take)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "all 3 handles of net_cls from 0x100001 to 0x100003 are in use or reserved: end containers, or"
                                + " widen the range with the option cgroups/net_cls:secondary");
    }

    @Test
    void giveBack_handle_comesLastAgain() throws Exception {
        NetClsHandles pool = pool(1, 3);
        pool.take();
        pool.giveBack(pool.take());

        assertThat(pool.take()).isEqualTo(handle(3));
        assertThat(pool.take()).isEqualTo(handle(2));
    }

    @Test
    void take_reserved_isNeverGiven() throws Exception {
        NetClsHandles pool = pool(1, 3, 2);
        pool.giveBack(handle(7));

        assertThat(List.of(pool.take(), pool.take())).containsExactly(handle(1), handle(3));
        assertThatThrownBy(pool::take).isInstanceOf(IOException.class);
    }

    @Test
    void note_handleOfAnother_isNotGivenUntilItIsBack() throws Exception {
        NetClsHandles pool = pool(1, 2);
        pool.note(handle(1));
        pool.note(new ClassId(0x11, 2));

        assertThat(pool.take()).isEqualTo(handle(2));
        pool.giveBack(new ClassId(0x11, 1));
        assertThatThrownBy(pool::take).isInstanceOf(IOException.class);
        pool.giveBack(handle(1));
        assertThat(pool.take()).isEqualTo(handle(1));
    }

    @Test
    void of_options_decimalAndHexadecimal() throws Exception {
        NetClsHandles pool = NetClsHandles.of(Map.of("primary", "0x12", "secondary", "16-0x12", "reserved", "0x10,17"));

        assertThat(pool.take()).isEqualTo(new ClassId(0x12, 0x12));
        assertThatThrownBy(pool::take).isInstanceOf(IOException.class);
    }

    @Test
    void of_primaryAlone_givesAllMinorNumbers() throws Exception {
        assertThat(NetClsHandles.of(Map.of("primary", "16")).take()).isEqualTo(new ClassId(0x10, 1));
    }

    @Test
    void of_oneNumber_isARangeOfOne() throws Exception {
        NetClsHandles pool = NetClsHandles.of(Map.of("primary", "16", "secondary", "5"));

        assertThat(pool.take()).isEqualTo(handle(5));
        assertThatThrownBy(pool::take).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "primary,,cgroups/net_cls:primary '' is no number from 1 to 0xfffe",
        "primary,0,cgroups/net_cls:primary '0'",
        "primary,0xffff,cgroups/net_cls:primary '0xffff'",
        "primary,-1,cgroups/net_cls:primary '-1'",
        "primary,ten,cgroups/net_cls:primary 'ten'",
        "secondary,1-0x10000,cgroups/net_cls:secondary '0x10000'",
        "secondary,0-5,cgroups/net_cls:secondary '0'",
        "secondary,5-1,secondary range 0x5-0x1 is empty",
        "secondary,1-2-3,cgroups/net_cls:secondary '2-3'",
        "reserved,1;2,cgroups/net_cls:reserved '1;2'",
        "reserved,'1,',cgroups/net_cls:reserved ''"
    })
    void of_badOption_isRefusedWithTheRemedy(String key, String value, String message) {
        Map<String, String> options = new HashMap<>(Map.of("primary", "16"));
        options.put(key, value == null ? "" : value);

        assertThatThrownBy(() -> NetClsHandles.of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void of_noPrimary_isRefused() {
        assertThatThrownBy(() -> NetClsHandles.of(Map.of("secondary", "1-2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cgroups/net_cls:primary ''");
    }
}
