package org.corral.containerizer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.corral.core.ExitStatus;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON. Every key is always there, in the order of the calls; what is absent is null.
 * Confined to one thread.
 */
public final class Json {

    private static final int MICROSECOND_DIGITS = 6;

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** {@return the text of what the body writes, indented, with a line break at its end} */
    public static String text(Body body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
            generator.setPrettyPrinter(printer);
            body.write(new Json(generator));
        }
        return text.append('\n').toString();
    }

    /** {@return an object of what the body writes, as one line with its line break} */
    public static String line(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            new Json(generator).object(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.append('\n').toString();
    }

    /** Writes an object. */
    public Json object(Body body) throws IOException {
        out.writeStartObject();
        body.write(this);
        out.writeEndObject();
        return this;
    }

    /** Writes an object. */
    public Json object(String name, Body body) throws IOException {
        out.writeFieldName(name);
        return object(body);
    }

    /** Writes an array. */
    public <T> Json array(Collection<T> items, ItemBody<T> body) throws IOException {
        out.writeStartArray();
        for (T item : items) {
            body.write(this, item);
        }
        out.writeEndArray();
        return this;
    }

    /** Writes an array. */
    public <T> Json array(String name, Collection<T> items, ItemBody<T> body) throws IOException {
        out.writeFieldName(name);
        return array(items, body);
    }

    /** Writes an array of texts. */
    public Json strings(String name, Collection<String> items) throws IOException {
        return array(name, items, (json, item) -> json.out.writeString(item));
    }

    /** Writes an object with a text for each key, sorted. */
    public Json strings(String name, Map<String, String> texts) throws IOException {
        return object(name, fields -> {
            for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
                fields.string(text.getKey(), text.getValue());
            }
        });
    }

    /** Writes a text, null if it is absent. */
    public Json string(String name, @Nullable String value) throws IOException {
        out.writeStringField(name, value);
        return this;
    }

    /** Writes null. */
    public Json absent(String name) throws IOException {
        out.writeNullField(name);
        return this;
    }

    /** Writes true or false. */
    public Json flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
        return this;
    }

    /** Writes a number. */
    public Json number(String name, OptionalLong value) throws IOException {
        if (value.isEmpty()) {
            return absent(name);
        }
        out.writeNumberField(name, value.getAsLong());
        return this;
    }

    /** Writes a number of bytes. */
    public Json bytes(String name, Optional<DataSize> value) throws IOException {
        return number(name, value.map(size -> OptionalLong.of(size.bytes())).orElse(OptionalLong.empty()));
    }

    /** Writes a number of CPUs. */
    public Json cpus(String name, Optional<CpuAmount> value) throws IOException {
        return decimal(name, value.map(amount -> new BigDecimal(amount.toString())));
    }

    /** Writes seconds to the microsecond. */
    public Json seconds(String name, Optional<Duration> value) throws IOException {
        return decimal(name, value.map(Json::seconds));
    }

    /** Writes how a process ended, as {@code {"code"}} or {@code {"signal"}}. */
    public Json exit(String name, Optional<ExitStatus> status) throws IOException {
        if (status.isPresent() && status.get() instanceof ExitStatus.Exited exited) {
            return object(name, fields -> fields.number("code", OptionalLong.of(exited.code())));
        }
        if (status.isPresent() && status.get() instanceof ExitStatus.Signaled signaled) {
            return object(name, fields -> fields.number("signal", OptionalLong.of(signaled.signal())));
        }
        return absent(name);
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
    public interface Body {
        /** Writes it; what it throws ends the writing. */
        void write(Json json) throws IOException;
    }

    /** Writes an item of an array. */
    public interface ItemBody<T> {
        /** Writes one of them. */
        void write(Json json, T item) throws IOException;
    }
}
