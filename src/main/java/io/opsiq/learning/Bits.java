package io.opsiq.learning;

/** A set of small numbers, made for intersections. */
final class Bits {

    private final long[] words;

    private Bits(long[] words) {
        this.words = words;
    }

    /** An empty set of numbers below this. */
    Bits(int size) {
        this(new long[(size + 63) / 64]);
    }

    void set(int bit) {
        words[bit >> 6] |= (1L << bit);
    }

    boolean get(int bit) {
        return (words[bit >> 6] & (1L << bit)) != 0;
    }

    Bits and(Bits other) {
        long[] both = words.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] &= other.words[i];
        }
        return new Bits(both);
    }

    Bits or(Bits other) {
        long[] either = words.clone();
        for (int i = 0; i < either.length; i++) {
            either[i] |= other.words[i];
        }
        return new Bits(either);
    }

    Bits without(Bits other) {
        long[] rest = words.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] &= ~other.words[i];
        }
        return new Bits(rest);
    }

    int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }
}
