package io.opsiq.analyst;

/** Whether one word may be another one misspelled. */
final class Spelling {

    private Spelling() {}

    static boolean isLike(String word, String name) {
        int most = word.length() < 5 ? 1 : 2;
        return word.length() > 3 && Math.abs(word.length() - name.length()) <= most && distance(word, name) <= most;
    }

    /** Edits that lead from one to the other; two neighbours that changed places are one. */
    private static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : fewest(d, i, j, one, other);
            }
        }
        return d[one.length()][other.length()];
    }

    private static int fewest(int[][] d, int i, int j, String one, String other) {
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(fewest, d[i - 2][j - 2] + 1) : fewest;
    }
}
