package io.opsiq.sources;

/** Follows the quotes of one CSV record, character by character, and knows whether they are well set. */
final class Quoting {

    private enum At {
        FIELD_START,
        PLAIN,
        QUOTED,
        CLOSING_OR_DOUBLED,
        CLOSED
    }

    private final char delimiter;
    private At at = At.FIELD_START;
    private boolean broken;

    Quoting(char delimiter) {
        this.delimiter = delimiter;
    }

    /** Goes on with a line of the record, its line end included. */
    void follow(String line) {
        for (int i = 0; i < line.length(); i++) {
            at = next(line.charAt(i));
        }
    }

    private At next(char c) {
        return switch (at) {
            case FIELD_START -> c == '"' ? At.QUOTED : c == delimiter || c == ' ' ? At.FIELD_START : At.PLAIN;
            case PLAIN -> c == delimiter ? At.FIELD_START : At.PLAIN;
            case QUOTED -> c == '"' ? At.CLOSING_OR_DOUBLED : At.QUOTED;
            case CLOSING_OR_DOUBLED -> c == '"' ? At.QUOTED : afterClosing(c);
            case CLOSED -> afterClosing(c);
        };
    }

    private At afterClosing(char c) {
        if (c == delimiter) {
            return At.FIELD_START;
        }
        broken |= c != ' ' && c != '\r' && c != '\n';
        return At.CLOSED;
    }

    /** A quote is open: the record goes on in the next line. */
    boolean open() {
        return at == At.QUOTED && !broken;
    }

    /** Something stands behind a closing quote: it was none, or the opening one before it was a stray. */
    boolean broken() {
        return broken;
    }
}
