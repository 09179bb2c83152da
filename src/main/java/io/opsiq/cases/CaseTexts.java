package io.opsiq.cases;

import io.opsiq.detectors.Finding;
import io.opsiq.sentiment.CaseSentiment;
import io.opsiq.sentiment.Sentiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the texts of findings say; most findings share their texts, which are read once. */
final class CaseTexts {

    private static final int REMEMBERED = 10_000;

    private final Sentiment sentiment;
    private final Map<List<String>, CaseSentiment> readings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, CaseSentiment> eldest) {
            return size() > REMEMBERED;
        }
    };

    CaseTexts(Sentiment sentiment) {
        this.sentiment = sentiment;
    }

    synchronized CaseSentiment sentimentOf(Finding finding) {
        return readings.computeIfAbsent(finding.texts(), sentiment::overall);
    }
}
