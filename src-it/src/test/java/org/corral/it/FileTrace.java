package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Files, FIFOs and links below a directory; directories may stay, and are removed in any case. */
record FileTrace(Path directory) implements Trace {

    @Override
    public List<String> left() throws IOException {
        return Tree.files(directory).stream().map(path -> "file " + path).toList();
    }

    @Override
    public void remove() throws IOException {
        for (Path file : Tree.files(directory)) {
            Files.delete(file);
        }
        List<Path> deepestFirst = new ArrayList<>(Tree.directories(directory, Integer.MAX_VALUE));
        Collections.reverse(deepestFirst);
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
