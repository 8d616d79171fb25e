package org.example.scratch;

import java.nio.file.Path;
import java.util.Set;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.IsolatorContext;
import org.corral.core.isolator.IsolatorProvider;

/** Makes {@code example/scratch}; the option {@code directory} tells where the scratch directories are made. */
public final class ScratchProvider implements IsolatorProvider {

    static final String NAME = "example/scratch";
    private static final String DIRECTORY = "directory";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> options() {
        return Set.of(DIRECTORY);
    }

    @Override
    public Isolator create(IsolatorContext context) {
        String directory = context.options().getOrDefault(DIRECTORY, System.getProperty("java.io.tmpdir", "/tmp"));
        if (!directory.startsWith("/")) {
            throw new IllegalArgumentException(
                    NAME + ":" + DIRECTORY + " '" + directory + "' is not absolute: give a path as /var/tmp");
        }
        return new Scratch(Path.of(directory));
    }
}
