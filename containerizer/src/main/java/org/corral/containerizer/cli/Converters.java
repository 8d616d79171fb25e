package org.corral.containerizer.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ContainerId;
import org.corral.core.MemoryLowering;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Makes values of options into those of the core, whose messages reach the user as they are. */
final class Converters {

    private Converters() {}

    static void register(CommandLine line) {
        register(line, ContainerId.class, ContainerId::of);
        register(line, CpuAmount.class, CpuAmount::parse);
        register(line, DataSize.class, DataSize::parse);
        register(line, Duration.class, DurationText::parse);
        register(line, HugetlbLimit.class, HugetlbLimit::parse);
        register(line, IdList.class, IdList::parse);
        register(line, Isolation.class, Isolation::parse);
        register(line, IsolatorOption.class, IsolatorOption::parse);
        register(line, Maximum.class, Converters::memoryAndSwap);
        register(line, MemoryLowering.class, MemoryLowering::parse);
        register(line, Path.class, Path::of);
        register(line, Signal.class, Signal::parse);
        register(line, Ulimit.class, Ulimit::parse);
    }

    /** {@code docker} has -1 for no limit. */
    private static Maximum memoryAndSwap(String text) {
        return text.strip().equals("-1") ? Maximum.NONE : Maximum.parseBytes(text);
    }

    private static <T> void register(CommandLine line, Class<T> type, Function<String, T> parser) {
        line.registerConverter(type, text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }
}
