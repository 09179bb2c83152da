package io.opsiq.cases;

import io.opsiq.books.Money;
import io.opsiq.cases.Scoring.Score;
import io.opsiq.detectors.Finding;
import io.opsiq.sentiment.CaseSentiment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a finding is worth as a case: identity, score, money, rank. Decides nothing about its status. */
record CaseAssessment(
        Finding finding,
        String caseId,
        String fingerprint,
        BigDecimal confidenceScore,
        BigDecimal grossImpact,
        BigDecimal estimatedImpact,
        @Nullable BigDecimal baseImpact,
        List<String> confidenceReasons,
        CaseSentiment sentiment) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final MessageDigest SHA_256 = lookedUp();
    private static final int ID_LENGTH = 12;
    private static final int SCORE_DIGITS = 4;

    /** The estimate is the gross less what the score takes off. */
    static CaseAssessment of(Finding finding, CaseSentiment sentiment, Score score) {
        BigDecimal gross = finding.amount();
        BigDecimal rate = finding.baseRate();
        String fingerprint = finding.fingerprint();
        return new CaseAssessment(
                finding,
                idOf(fingerprint),
                fingerprint,
                score.confidence().setScale(SCORE_DIGITS, RoundingMode.HALF_UP),
                gross,
                Money.rounded(gross.multiply(BigDecimal.ONE.subtract(score.takenOff())), finding.currency()),
                rate == null ? null : gross.multiply(rate),
                score.reasons(),
                sentiment);
    }

    /** Score × gross, in the base currency where there is a rate. */
    BigDecimal expectedMoney() {
        return confidenceScore.multiply(baseImpact == null ? grossImpact : baseImpact);
    }

    /** 60 bits of the fingerprint's digest, in letters and digits that are not mistaken for each other. */
    static String idOf(String fingerprint) {
        byte[] digest = sha256().digest(fingerprint.getBytes(StandardCharsets.UTF_8));
        StringBuilder id = new StringBuilder("CASE-");
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(digest[i] & 31));
        }
        return id.toString();
    }

    /** A copy of one that was looked up once. */
    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
