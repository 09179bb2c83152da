package io.opsiq.books;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/** How amounts are rounded and written. */
public final class Money {

    private Money() {}

    /** Rounded half up to the currency's minor units: two digits, none for currencies such as JPY; an unknown code has two. */
    public static BigDecimal rounded(BigDecimal amount, String currency) {
        return amount.setScale(digits(currency), RoundingMode.HALF_UP);
    }

    /** Such as {@code USD 1,234.50}. */
    public static String shown(BigDecimal amount, String currency) {
        return currency + " " + grouped(rounded(amount, currency));
    }

    /** Such as {@code 1,234.5}: all its digits, those before the point in threes. */
    public static String grouped(BigDecimal number) {
        String plain = number.toPlainString();
        int point = plain.indexOf('.');
        StringBuilder shown = new StringBuilder(plain);
        int first = plain.startsWith("-") ? 1 : 0;
        for (int at = (point < 0 ? plain.length() : point) - 3; at > first; at -= 3) {
            shown.insert(at, ',');
        }
        return shown.toString();
    }

    /** Codes of the currencies whose amounts have no fraction, sorted. */
    static List<String> currenciesWithoutMinorUnits() {
        return Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .filter(code -> digits(code) == 0)
                .sorted()
                .toList();
    }

    private static int digits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits == 0 ? 0 : 2;
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
