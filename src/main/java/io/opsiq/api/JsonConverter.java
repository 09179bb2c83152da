package io.opsiq.api;

import io.opsiq.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Bodies are JSON objects, read as {@link Fields}; answers are JSON in the program's one way to write it. */
final class JsonConverter extends AbstractHttpMessageConverter<Object> {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    JsonConverter() {
        super(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return true;
    }

    @Override
    public boolean canRead(Class<?> type, @org.jspecify.annotations.Nullable MediaType media) {
        return type == Fields.class && super.canRead(type, media);
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        try {
            return new Fields(Json.read(text(message.getBody()), OBJECT));
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(reason(e), e, message);
        }
    }

    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(BodyLimitFilter.LARGEST_BODY + 1);
        if (bytes.length > BodyLimitFilter.LARGEST_BODY) {
            throw new BodyTooLargeException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String reason(JacksonException e) {
        var place = e.getLocation();
        return place == null || place.getLineNr() < 1
                ? "The body is not a JSON object."
                : "The body is not a JSON object: line %d, column %d."
                        .formatted(place.getLineNr(), place.getColumnNr());
    }

    @Override
    protected void writeInternal(Object answer, HttpOutputMessage message) throws IOException {
        if (answer instanceof JsonDocument document) {
            document.write(new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8));
        } else {
            message.getBody().write(Json.text(answer).getBytes(StandardCharsets.UTF_8));
        }
    }
}
