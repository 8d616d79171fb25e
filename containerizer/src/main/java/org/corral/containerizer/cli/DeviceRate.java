package org.corral.containerizer.cli;

import java.util.function.Function;
import org.corral.core.unit.Maximum;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The most of a device in a second, as {@code docker run --device-read-bps} writes it. Immutable.
 *
 * @param device a path or a number
 * @param rate bytes or operations
 */
record DeviceRate(String device, Maximum rate) {

    private static DeviceRate parse(String text, Function<String, Maximum> rates) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new TypeConversionException(
                    "device rate '" + text + "' is not understood: give DEVICE:RATE, as /dev/sda:10M or 8:0:10M");
        }
        try {
            return new DeviceRate(text.substring(0, colon), rates.apply(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Reads rates of bytes, as {@code /dev/sda:10M}. */
    static final class Bytes implements ITypeConverter<DeviceRate> {
        @Override
        public DeviceRate convert(String text) {
            return parse(text, Maximum::parseBytes);
        }
    }

    /** Reads rates of operations, as {@code /dev/sda:1000}. */
    static final class Operations implements ITypeConverter<DeviceRate> {
        @Override
        public DeviceRate convert(String text) {
            return parse(text, Maximum::parseCount);
        }
    }
}
