package org.corral.cgroup.sample;

import java.util.List;
import org.corral.linux.Linux;

/** The files of one class, the same for all cgroups. Immutable. */
final class FileGroup {

    final Linux linux;
    final FileClass fileClass;
    final List<SampledFile> files;
    final Format[] formats;

    /** What is looked for, as bits. */
    final long columns;

    FileGroup(Linux linux, FileClass fileClass, List<SampledFile> files) {
        this.linux = linux;
        this.fileClass = fileClass;
        this.files = List.copyOf(files);
        this.formats = files.stream().map(SampledFile::format).toArray(Format[]::new);
        this.columns =
                files.stream().mapToLong(file -> file.format().columns()).reduce(derived(fileClass), (a, b) -> a | b);
    }

    /** {@return the columns that are absent when what they follow from is} */
    private static long derived(FileClass fileClass) {
        return fileClass == FileClass.CPU ? UsageColumn.CPU_NANOS_PER_SECOND.bit() : 0;
    }
}
