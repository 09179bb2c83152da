package io.opsiq.learning;

/**
 * A trait and its value, or several types, by which a scope can be named.
 *
 * @param judged the verdicts on facts that have it
 * @param named of the false ones those whose comment names it
 * @param cost in nats, to name it among all that could be named
 * @param share of all facts that have it
 */
record ScopeTerm(String text, String feature, Bits judged, Bits named, double cost, double share) {

    boolean isType() {
        return feature.equals(Scope.TYPE);
    }

    ScopeTerm costing(double other) {
        return new ScopeTerm(text, feature, judged, named, other, share);
    }
}
