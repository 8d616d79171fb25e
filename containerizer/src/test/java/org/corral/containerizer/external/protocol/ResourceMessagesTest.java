package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.corral.containerizer.external.message.Mesos;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceMessagesTest {

    private static Mesos.Resource scalar(String name, double value) {
        return Mesos.Resource.newBuilder()
                .setName(name)
                .setType(Mesos.Value.Type.SCALAR)
                .setScalar(Mesos.Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    @Test
    void of_parsed_areTheSame() {
        Resources resources =
                Resources.NONE.withCpus(CpuAmount.parse("0.123456789")).withMemory(DataSize.ofBytes(123_456_789));

        assertThat(ResourceMessages.parse(ResourceMessages.of(resources))).isEqualTo(resources);
        assertThat(ResourceMessages.parse(ResourceMessages.of(Resources.NONE))).isEqualTo(Resources.NONE);
    }

    @Test
    void of_memory_isInMegabytesOfTwoToTheTwentieth() {
        List<Mesos.Resource> messages = ResourceMessages.of(Resources.NONE.withMemory(DataSize.ofMebibytes(64)));

        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.getName()).isEqualTo("mem");
            assertThat(message.getScalar().getValue()).isEqualTo(64.0);
            assertThat(message.getRole()).isEqualTo("*");
        });
    }

    @Test
    void canTell_cpusAndMemoryAlone() {
        Resources told = Resources.NONE.withCpus(CpuAmount.ofCpus(1)).withMemory(DataSize.ofMebibytes(64));

        assertThat(ResourceMessages.canTell(Resources.NONE)).isTrue();
        assertThat(ResourceMessages.canTell(told)).isTrue();
        assertThat(ResourceMessages.canTell(told.withPids(10))).isFalse();
        assertThat(ResourceMessages.canTell(told.withCpuLimit(CpuAmount.ofCpus(1))))
                .isFalse();
    }

    @Test
    void parse_severalRoles_addedUp() {
        assertThat(ResourceMessages.parse(List.of(scalar("cpus", 0.5), scalar("mem", 32), scalar("cpus", 0.25)))
                        .cpus())
                .contains(CpuAmount.parse("0.75"));
    }

    @Test
    void parse_otherResources_leftOut() {
        Mesos.Resource ports = Mesos.Resource.newBuilder()
                .setName("cpus")
                .setType(Mesos.Value.Type.RANGES)
                .build();
        assertThat(ResourceMessages.parse(List.of(scalar("disk", 100), ports))).isEqualTo(Resources.NONE);
    }

    @Test
    void parse_zero_isTheLeastThereIs() {
        Resources least = ResourceMessages.parse(List.of(scalar("cpus", 0), scalar("mem", 0)));

        assertThat(least.cpus()).contains(new CpuAmount(1));
        assertThat(least.memory()).contains(DataSize.ofBytes(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 8_796_093_022_208.0, 1e300})
    void parse_amountThatIsNone_named(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceMessages.parse(List.of(scalar("mem", value))))
                .withMessageContaining("mem")
                .withMessageContaining(String.valueOf(value));
    }
}
