package org.corral.containerizer.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.corral.core.ContainerId;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;

/** How the vocabulary looks in checkpoints: sizes in bytes, CPUs and ids as a person writes them. */
final class CheckpointJson {

    private CheckpointJson() {}

    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), vocabulary())
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
    }

    private static SimpleModule vocabulary() {
        SimpleModule module = new SimpleModule("corral");
        text(module, ContainerId.class, CheckpointJson::parseId);
        text(module, CpuAmount.class, CpuAmount::parse);
        text(module, DataSize.class, DataSize::parse);
        text(module, IdList.class, IdList::parse);
        text(module, Maximum.class, Maximum::parseCount);
        text(module, Path.class, Path::of);
        key(module, DataSize.class, DataSize::parse);
        key(module, DeviceNumber.class, DeviceNumber::parse);
        module.setDeserializerModifier(new EmptyGroups());
        return module;
    }

    /** Keys are written as {@code toString} has them without further ado. */
    private static <T> void key(SimpleModule module, Class<T> type, Parser<T> parser) {
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
                try {
                    return parser.parse(key);
                } catch (IllegalArgumentException e) {
                    throw context.weirdKeyException(type, key, e.getMessage());
                }
            }
        });
    }

    private static ContainerId parseId(String path) {
        return Arrays.stream(path.split("/", -1))
                .reduce(
                        (ContainerId) null,
                        (above, value) -> above == null ? ContainerId.of(value) : above.child(value),
                        (left, right) -> right);
    }

    private static <T> void text(SimpleModule module, Class<T> type, Parser<T> parser) {
        module.addSerializer(type, new StdScalarSerializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.toString());
            }
        });
        module.addDeserializer(type, new StdScalarDeserializer<>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            @SuppressWarnings("serial") // never serialised
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return parser.parse(in.getText());
                } catch (IllegalArgumentException e) {
                    throw context.weirdStringException(in.getText(), type, e.getMessage());
                }
            }
        });
    }

    /** Reads what {@code toString} wrote. */
    private interface Parser<T> {
        T parse(String text);
    }
}
