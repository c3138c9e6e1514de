package dev.steward.strategy;


/** When a replaced attachment is out of reach of all events. */
public enum Quiescence {
    /** When commit returns. */
    AT_COMMIT,
    /** When the synchronize returns that comes before the destroy of a vIOMMU. */
    AT_DESTROY,
    /** Nobody knows. */
    NEVER
}
