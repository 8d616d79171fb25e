package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.corral.core.unit.CpuAmount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {

    @ParameterizedTest
    @CsvSource({
        "0.000000001, 2",
        "0.001, 2",
        "0.002, 2",
        "0.003, 3",
        "0.5, 512",
        "1, 1024",
        "1.999, 2046",
        "512, 524288"
    })
    void sharesOf_cpus_are1024Each(String cpus, long shares) {
        assertThat(Weights.sharesOf(CpuAmount.parse(cpus))).isEqualTo(shares);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "2, 1",
        "10, 1",
        "51, 4",
        "102, 9",
        "256, 25",
        "512, 50",
        "1000, 97",
        "1024, 100",
        "2048, 200",
        "4096, 400",
        "10240, 1000",
        "65536, 6400",
        "262144, 10000",
        "9223372036854775807, 10000"
    })
    void weightOfShares_keepsRatios(long shares, long weight) {
        assertThat(Weights.weightOfShares(shares)).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "50, 512", "100, 1024", "200, 2048", "10000, 102400", "9223372036854775807, 102400"})
    void sharesOfWeight_isTheWayBack(long weight, long shares) {
        assertThat(Weights.sharesOfWeight(weight)).isEqualTo(shares);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "10, 2", "100, 20", "500, 100", "1000, 200", "9223372036854775807, 200"})
    void ioWeightOfBlkio_keepsRatios(long blkio, long io) {
        assertThat(Weights.ioWeightOfBlkio(blkio)).isEqualTo(io);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "100, 100", "1000, 1000", "1001, 1000", "10000, 1000"})
    void bfqWeightOfIo_isTheSameUpToItsMost(long io, long bfq) {
        assertThat(Weights.bfqWeightOfIo(io)).isEqualTo(bfq);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 10", "20, 100", "100, 500", "200, 1000", "10000, 1000", "9223372036854775807, 1000"})
    void blkioWeightOfIo_isTheWayBack(long io, long blkio) {
        assertThat(Weights.blkioWeightOfIo(io)).isEqualTo(blkio);
    }
}
