package io.opsiq.cases;

import io.opsiq.detectors.Finding;
import io.opsiq.sentiment.CaseSentiment;
import io.opsiq.sentiment.Sentiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the texts of a finding say: the detector's sentences and the free text of the books. Sentences are read without the
 * finding's ids and amounts, so that most findings share a reading.
 */
final class CaseTexts {

    private static final List<String> FREE_TEXT = List.of("reason", "note");
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
        List<String> texts = new ArrayList<>();
        finding.detector().evidence().forEach(template -> texts.add(template.replaceAll("\\{[^}]*}", "…")));
        for (String column : FREE_TEXT) {
            if (finding.values().get(column) instanceof String text) {
                texts.add(text);
            }
        }
        return readings.computeIfAbsent(List.copyOf(texts), sentiment::overall);
    }
}
