package org.corral.containerizer.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON that commands print. Every key is always there, in the order of the calls; what is absent is null.
 * Confined to one thread.
 */
final class Json {

    private static final int MICROSECOND_DIGITS = 6;

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** {@return the text of what the body writes, indented, with a line break at its end} */
    static String text(Body body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
            generator.setPrettyPrinter(printer);
            body.write(new Json(generator));
        }
        return text.append('\n').toString();
    }

    Json object(Body body) throws IOException {
        out.writeStartObject();
        body.write(this);
        out.writeEndObject();
        return this;
    }

    Json object(String name, Body body) throws IOException {
        out.writeFieldName(name);
        return object(body);
    }

    <T> Json array(Collection<T> items, ItemBody<T> body) throws IOException {
        out.writeStartArray();
        for (T item : items) {
            body.write(this, item);
        }
        out.writeEndArray();
        return this;
    }

    <T> Json array(String name, Collection<T> items, ItemBody<T> body) throws IOException {
        out.writeFieldName(name);
        return array(items, body);
    }

    Json strings(String name, Collection<String> items) throws IOException {
        return array(name, items, (json, item) -> json.out.writeString(item));
    }

    /** Writes an object with a text for each key, sorted. */
    Json strings(String name, Map<String, String> texts) throws IOException {
        return object(name, fields -> {
            for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                fields.string(text.getKey(), text.getValue());
            }
        });
    }

    Json string(String name, @Nullable String value) throws IOException {
        out.writeStringField(name, value);
        return this;
    }

    Json absent(String name) throws IOException {
        out.writeNullField(name);
        return this;
    }

    Json flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
        return this;
    }

    Json number(String name, OptionalLong value) throws IOException {
        if (value.isEmpty()) {
            return absent(name);
        }
        out.writeNumberField(name, value.getAsLong());
        return this;
    }

    Json bytes(String name, Optional<DataSize> value) throws IOException {
        return number(name, value.map(size -> OptionalLong.of(size.bytes())).orElse(OptionalLong.empty()));
    }

    Json cpus(String name, Optional<CpuAmount> value) throws IOException {
        return decimal(name, value.map(amount -> new BigDecimal(amount.toString())));
    }

    /** Writes seconds to the microsecond. */
    Json seconds(String name, Optional<Duration> value) throws IOException {
        return decimal(name, value.map(Json::seconds));
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.getSeconds())
                .add(BigDecimal.valueOf(time.getNano(), 9))
                .setScale(MICROSECOND_DIGITS, RoundingMode.HALF_UP);
    }

    private Json decimal(String name, Optional<BigDecimal> value) throws IOException {
        if (value.isEmpty()) {
            return absent(name);
        }
        out.writeFieldName(name);
        out.writeNumber(value.get().stripTrailingZeros().toPlainString());
        return this;
    }

    /** Writes a part. */
    interface Body {
        void write(Json json) throws IOException;
    }

    /** Writes an item of an array. */
    interface ItemBody<T> {
        void write(Json json, T item) throws IOException;
    }
}
