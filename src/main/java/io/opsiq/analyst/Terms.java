package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.engine.Engine;
import io.opsiq.engine.Queries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The values that the books use, found by their words. */
final class Terms {

    private static final int LONGEST = 8;
    private static final int MOST = 500;
    private static final Map<String, String> CURRENCY_NAMES =
            Map.of("dollar", "USD", "euro", "EUR", "pound", "GBP", "sterling", "GBP", "yen", "JPY", "franc", "CHF");

    private final Queries books;
    private final Ground ground;

    Terms(Queries books, Ground ground) {
        this.books = books;
        this.ground = ground;
    }

    /** For questions that name no values. */
    static Terms none(Ground ground) {
        return new Terms(
                new Queries() {
                    @Override
                    public <T> List<T> list(String sql, Engine.RowReader<T> reader, Object... values) {
                        return List.of();
                    }
                },
                ground);
    }

    /** Words to the values that consist of just these. */
    Map<String, List<ValueNamed>> in(List<Token> tokens) {
        Map<String, List<ValueNamed>> found = new HashMap<>();
        books.list(
                """
                select words, column_name, value
                from about.terms
                where words in (select unnest(string_split(?, chr(10))))
                order by words, column_name, value
                limit %d""".formatted(MOST),
                row -> note(found, row.getString(1), dimension(row.getString(2)), row.getString(3)),
                String.join("\n", runs(tokens)));
        Set<String> words = tokens.stream().map(Token::word).collect(Collectors.toSet());
        for (String currency : ground.currencies()) {
            noteCurrency(found, currency.toLowerCase(Locale.ROOT), currency, words);
        }
        CURRENCY_NAMES.forEach((name, currency) -> {
            if (ground.currencies().contains(currency)) {
                noteCurrency(found, name, currency, words);
                noteCurrency(found, name + "s", currency, words);
            }
        });
        return found;
    }

    private static void noteCurrency(
            Map<String, List<ValueNamed>> found, String word, String currency, Set<String> words) {
        if (words.contains(word)) {
            note(found, word, "currency", currency);
        }
    }

    private static boolean note(Map<String, List<ValueNamed>> found, String words, String dimension, String value) {
        List<ValueNamed> values = found.computeIfAbsent(words, key -> new ArrayList<>());
        ValueNamed named = new ValueNamed(dimension, value);
        if (!values.contains(named)) {
            values.add(named);
        }
        return true;
    }

    private static String dimension(String column) {
        return column.startsWith("customer_") ? "customer" : column;
    }

    /** Every run of up to so many words. */
    private static Set<String> runs(List<Token> tokens) {
        Set<String> runs = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            StringBuilder run = new StringBuilder();
            for (int j = i; j < Math.min(tokens.size(), i + LONGEST); j++) {
                run.append(run.isEmpty() ? "" : " ").append(tokens.get(j).word().replace('-', ' '));
                runs.add(run.toString());
                runs.add(singular(run.toString()));
            }
        }
        return runs;
    }

    /** The words with the last in the singular. */
    static String singular(String words) {
        int last = words.lastIndexOf(' ') + 1;
        return words.substring(0, last) + Words.stem(words.substring(last));
    }

    static int longest() {
        return LONGEST;
    }

    /** Values that are spelled much like the word. */
    List<String> like(String word) {
        return books.list("""
                        select distinct value
                        from about.terms
                        where abs(length(words) - length(?)) <= 2 and damerau_levenshtein(words, ?) <= 2
                        order by 1
                        limit 20""", row -> row.getString(1), word, word).stream()
                .filter(value -> Spelling.isLike(
                        word, Words.of(value).stream().map(Token::word).collect(Collectors.joining(" "))))
                .limit(3)
                .toList();
    }
}
