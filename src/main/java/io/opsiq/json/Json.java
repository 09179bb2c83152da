package io.opsiq.json;

import java.io.Writer;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategy;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The one way in which records become JSON and back. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(new LowerCase())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .addModule(new SimpleModule().addSerializer(new PlainAmount()))
            .build();

    private Json() {}

    /** The value on one line. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The value, for people to read. */
    public static String pretty(Object value) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static <T> T read(String json, TypeReference<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** A writer for documents too long to hold. */
    public static JsonGenerator generator(Writer out) {
        return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).createGenerator(out);
    }

    /** Writes a property whose value was made by {@link #text}, as {@link #generator} would write the value itself. */
    public static void writeStored(JsonGenerator json, String name, String text) {
        json.writeName(name);
        json.writeRawValue(Indentation.of(text, depth(json.streamWriteContext())));
    }

    private static int depth(TokenStreamContext place) {
        int objects = 0;
        for (TokenStreamContext each = place; each != null; each = each.getParent()) {
            objects += each.inObject() ? 1 : 0;
        }
        return objects;
    }

    /** NOT_A_PROBLEM is not_a_problem; the library's own strategy stumbles over single letters. */
    private static final class LowerCase implements EnumNamingStrategy {

        @Override
        public String convertEnumToExternalName(MapperConfig<?> config, AnnotatedClass type, String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** 150.00 stays 150.00: no exponent, no lost zeros. */
    private static final class PlainAmount extends StdSerializer<BigDecimal> {

        /** A number from outside may have an exponent of millions; no amount has so many digits. */
        private static final long LONGEST = 100;

        private PlainAmount() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
            boolean writable = Math.abs((long) value.precision() - value.scale()) < LONGEST
                    && Math.abs((long) value.scale()) < LONGEST;
            json.writeNumber(writable ? value.toPlainString() : value.toString());
        }
    }
}
