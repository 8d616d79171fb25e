package org.corral.benchmarks.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How a report is written. Immutable.
 *
 * @param template what it looks like
 * @param escaper what keeps names from being taken for markup
 */
record Format(String template, Mustache.Escaper escaper) {

    /** A page that needs nothing beside it. */
    static final Format HTML = new Format("page.html", Escapers.HTML);

    /** Tables for the documentation. */
    static final Format MARKDOWN =
            new Format("performance.md", Escapers.simple(new String[][] {{"&", "&amp;"}, {"<", "&lt;"}, {"|", "\\|"}}));

    /** {@return the report as text} */
    String render(Document document) throws IOException {
        try (Reader reader = resource(template)) {
            return Mustache.compiler()
                    .withCollector(new OptionalSections())
                    .withEscaper(escaper)
                    .withLoader(Format::resource)
                    .compile(reader)
                    .execute(document);
        }
    }

    private static Reader resource(String name) {
        InputStream bytes = Objects.requireNonNull(Format.class.getResourceAsStream(name), name);
        return new InputStreamReader(bytes, StandardCharsets.UTF_8);
    }
}
