/** A way to tell how far each point of a series stands out. */
interface Judge {

    String name();

    /** The score from which a point is usually an alarm. */
    double threshold();

    double[] scores(Series series);
}
