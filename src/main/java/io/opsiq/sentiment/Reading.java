package io.opsiq.sentiment;

import java.math.BigDecimal;

/**
 * What one text says.
 *
 * @param polarity from -1 (all complaint) to 1 (all praise), two decimals
 * @param subjectivity from 0 (plain facts) to 1 (all feeling and guessing), two decimals
 * @param riskLevel how much the text should worry a reviewer
 * @param reasonCode what the text is about
 * @param assessment one English sentence that says why; what it quotes are words of the text
 */
public record Reading(
        BigDecimal polarity, BigDecimal subjectivity, RiskLevel riskLevel, ReasonCode reasonCode, String assessment) {}
