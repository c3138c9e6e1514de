package dev.steward.reports.document;

/** Figures as JSON knows them. */
final class Finite {
    private Finite() {
    }

    /** A figure, or null where there is none: JSON has no NaN and no infinity. */
    static Double orNull(double figure) {
        return Double.isFinite(figure) ? figure : null;
    }
}
