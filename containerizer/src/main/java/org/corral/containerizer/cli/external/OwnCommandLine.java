package org.corral.containerizer.cli.external;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.corral.linux.Linux;

/**
 * How to run this very program once more: the same Java, with the same options. Immutable.
 *
 * @param java the file of the running Java
 * @param words all of argv up to the program's own arguments
 */
record OwnCommandLine(Path java, List<String> words) {

    OwnCommandLine {
        words = List.copyOf(words);
    }

    /**
     * Reads it from {@code /proc/self} (proc(5)).
     *
     * @param arguments how many arguments the program itself has, the last ones
     */
    static OwnCommandLine read(Linux linux, int arguments) throws IOException {
        String line = Files.readString(linux.path("/proc/self/cmdline"), StandardCharsets.UTF_8);
        List<String> words = Arrays.asList(line.split("\0", -1));
        int end = words.size() - 1 - arguments; // each is followed by a NUL, the last too
        if (end < 1) {
            throw new IOException("the command line of this process has fewer than " + arguments + " arguments");
        }
        return new OwnCommandLine(Files.readSymbolicLink(linux.path("/proc/self/exe")), words.subList(0, end));
    }

    /** {@return argv with these arguments of the program} */
    List<String> with(List<String> arguments) {
        List<String> all = new ArrayList<>(words);
        all.addAll(arguments);
        return all;
    }
}
