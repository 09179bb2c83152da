package io.opsiq.sentiment;

import io.opsiq.sentiment.Entry.Term;
import java.util.ArrayList;
import java.util.List;

/** Goes once through the words of a text and finds its terms, each with what denies, strengthens or softens it. */
final class Scan {
    /** How many words, fillers not counted, may lie between a denial or a stress and its term. */
    private static final int REACH = 3;

    private static final int NONE = -1;

    private final List<Token> words;
    private final Lexicon lexicon;
    private final List<Hit> hits = new ArrayList<>();
    private int clause;
    /** Terms up to here were dismissed already; keeps the scan linear. */
    private int dismissed;

    private int denialStart = NONE;
    private int denialReach;
    private boolean denies;
    private boolean denialOfVerb;
    private boolean denialMetTerm;

    private int stressStart = NONE;
    private int stressEnd;
    private int stressReach;
    private double stressFactor;

    Scan(List<Token> words, Lexicon lexicon) {
        this.words = words;
        this.lexicon = lexicon;
    }

    List<Hit> hits() {
        for (int at = 0; at < words.size(); ) {
            at += step(at);
        }
        endSentence(words.size());
        return hits;
    }

    private int step(int at) {
        if (words.get(at).isBreak()) {
            endSentence(at);
            return 1;
        }
        var match = lexicon.longestAt(words, at);
        if (match == null) {
            pass();
            return 1;
        }
        apply(match.entry(), at, at + match.length());
        return match.length();
    }

    private void apply(Entry entry, int start, int end) {
        switch (entry) {
            case Term term -> meet(term, start, end);
            case Entry.Denial denial -> deny(denial, start);
            case Entry.Dismissal _ -> dismiss(start, end);
            case Entry.Stress stress -> stress(stress, start, end);
            case Entry.Turn _ -> endClause();
            case Entry.Link _ -> link();
            case Entry.Filler _ -> {}
            case Entry.Idiom _ -> pass();
        }
    }

    private void meet(Term term, int start, int end) {
        var hit = new Hit(term, false, 1, start, end, clause);
        if (denialStart != NONE) {
            hit = denies ? hit.asDenied(denialStart, end) : hit.stressed(1, denialStart, end);
            denialMetTerm = true;
            denialReach = 0;
            if (term.endsDenial()) {
                denialStart = NONE;
            }
        }
        if (stressStart != NONE) {
            hit = hit.stressed(stressFactor, stressStart, end);
            stressStart = NONE;
        }
        hits.add(hit);
    }

    /** A second denial before any term undoes the first ("not without"); after a term it begins anew ("no fraud no error"). */
    private void deny(Entry.Denial denial, int start) {
        boolean again = denialStart != NONE && !denialMetTerm;
        denies = !(again && denies);
        denialStart = again ? denialStart : start;
        denialOfVerb = denial.ofVerb();
        denialMetTerm = false;
        denialReach = REACH;
    }

    /** "Fraud was not ruled out" dismisses nothing. */
    private void dismiss(int start, int end) {
        if (denialStart != NONE && denies && !denialMetTerm) {
            denialStart = NONE;
            return;
        }
        for (int i = hits.size() - 1; i >= dismissed && hits.get(i).clause() == lastClause(); i--) {
            denyProblem(i, start, end);
        }
        dismissed = hits.size();
    }

    private void denyProblem(int index, int start, int end) {
        var hit = hits.get(index);
        if (hit.term().isProblem() && !hit.denied()) {
            hits.set(index, hit.asDenied(start, end));
        }
    }

    private void stress(Entry.Stress stress, int start, int end) {
        stressFactor = stressStart == NONE ? stress.factor() : stressFactor * stress.factor();
        stressStart = stressStart == NONE ? start : stressStart;
        stressEnd = end;
        stressReach = REACH;
    }

    private void pass() {
        if (denialStart != NONE && denialReach-- == 0) {
            denialStart = NONE;
        }
        if (stressStart != NONE && stressReach-- == 0) {
            stressBack();
        }
    }

    private void link() {
        if (denialOfVerb) {
            denialStart = NONE;
        }
    }

    private void endSentence(int end) {
        denyBack(end);
        endClause();
    }

    private void endClause() {
        stressBack();
        denialStart = NONE;
        clause++;
    }

    /** A stress that met no term after it belongs to the one before: "overcharged repeatedly". */
    private void stressBack() {
        if (stressStart != NONE && !hits.isEmpty() && hits.getLast().clause() == clause) {
            hits.set(hits.size() - 1, hits.getLast().stressed(stressFactor, stressStart, stressEnd));
        }
        stressStart = NONE;
    }

    /** "Looks like a duplicate, but isn't.": a verb's denial with nothing after it speaks of the term before. */
    private void denyBack(int end) {
        boolean bare = denialStart != NONE && denies && denialOfVerb && !denialMetTerm && denialReach == REACH;
        if (bare && !hits.isEmpty() && hits.getLast().clause() == lastClause()) {
            denyProblem(hits.size() - 1, denialStart, end);
        }
    }

    /** The clause of the last term, where that is this clause or the one before it. */
    private int lastClause() {
        return hits.isEmpty() ? clause : Math.max(hits.getLast().clause(), clause - 1);
    }
}
