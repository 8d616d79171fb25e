package org.corral.benchmarks.report;

import com.samskivert.mustache.DefaultCollector;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has a section of a template shown once if its value is present, and not at all if it is empty. */
final class OptionalSections extends DefaultCollector {

    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
        return value instanceof Optional<?> optional ? optional.stream().iterator() : super.toIterator(value);
    }
}
