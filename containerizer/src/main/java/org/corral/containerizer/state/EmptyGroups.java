package org.corral.containerizer.state;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.util.Map;
import org.corral.core.Cpuset;
import org.corral.core.HugetlbLimits;
import org.corral.core.IoLimits;

/** Reads groups of limits that are not there, as in the checkpoints of an earlier release, as groups that hold nothing. */
final class EmptyGroups extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, Object> EMPTY = Map.of(
            Cpuset.class, Cpuset.NONE,
            IoLimits.class, IoLimits.NONE,
            HugetlbLimits.class, HugetlbLimits.NONE);

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription described, JsonDeserializer<?> usual) {
        Object empty = EMPTY.get(described.getBeanClass());
        return empty == null ? usual : new OrEmpty(usual, empty);
    }

    private static final class OrEmpty extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // never serialised
        private final Object empty;

        OrEmpty(JsonDeserializer<?> usual, Object empty) {
            super(usual);
            this.empty = empty;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> usual) {
            return new OrEmpty(usual, empty);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return empty;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return empty;
        }
    }
}
