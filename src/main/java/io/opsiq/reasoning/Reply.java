package io.opsiq.reasoning;

/**
 * What a model said.
 *
 * @param tokensIn as the server counted; 0 when it did not
 */
record Reply(String text, int tokensIn, int tokensOut) {

    int tokens() {
        return tokensIn + tokensOut;
    }
}
