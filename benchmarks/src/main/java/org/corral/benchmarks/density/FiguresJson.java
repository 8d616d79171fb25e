package org.corral.benchmarks.density;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Figures as JSON, an object for each part of the run. */
final class FiguresJson {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FiguresJson() {}

    static ObjectNode tree(Figures figures) {
        return MAPPER.valueToTree(figures);
    }

    /** {@return the same as text, ended by a line break} */
    static String text(Figures figures) {
        return tree(figures).toPrettyString() + System.lineSeparator();
    }
}
