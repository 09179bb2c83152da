package io.opsiq.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * What pages are made of beside their text. Each file's address holds a digest of its content, so that browsers may keep it for good.
 */
final class Assets {

    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final int DIGITS = 12;

    /** Logical name to where it is on the class path; nothing else is served. */
    private static final Map<String, String> FILES = Map.of(
            "tabler.css", WEBJARS + "tabler__core/1.4.0/dist/css/tabler.min.css",
            "htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
            "sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js",
            "opsiq.css", "web/assets/opsiq.css",
            "opsiq.js", "web/assets/opsiq.js",
            "theme.js", "web/assets/theme.js",
            "icon.svg", "web/assets/icon.svg");

    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    /** A file, as it is and packed. */
    static final class Asset {

        private final String name;
        private final String digest;
        private final byte[] content;
        private final byte[] packed;

        private Asset(String name, byte[] content) throws IOException {
            this.name = name;
            this.digest = Assets.digest(content);
            this.content = content;
            this.packed = Assets.packed(content);
        }

        /** What is sent; not to be written to. */
        byte[] body(boolean asPacked) {
            return asPacked ? packed : content;
        }

        String type() {
            String ending = name.substring(name.lastIndexOf('.') + 1);
            return switch (ending) {
                case "css" -> "text/css;charset=UTF-8";
                case "js" -> "text/javascript;charset=UTF-8";
                default -> "image/svg+xml";
            };
        }
    }

    /** The address of the file with this logical name. */
    public String url(String name) {
        return "/assets/" + asset(name).digest + "/" + name;
    }

    /** The file at this address; empty for another name or content. */
    Optional<Asset> find(String digest, String name) {
        return FILES.containsKey(name)
                ? Optional.of(asset(name)).filter(found -> found.digest.equals(digest))
                : Optional.empty();
    }

    private Asset asset(String name) {
        return loaded.computeIfAbsent(name, Assets::load);
    }

    private static Asset load(String name) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(FILES.get(name))) {
            if (in == null) {
                throw new IllegalStateException("The file " + FILES.get(name) + " is not on the class path.");
            }
            return new Asset(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
