package dev.minotaur.auth.testkit;

/** Whether the data of a backend outlives the program. */
public enum Durability {
    /** What a call reported as done is there after {@link StoreFixture#restart}. */
    SURVIVES_RESTART,
    /** Nothing is there after {@link StoreFixture#restart}: the data lies on the heap. */
    HEAP_ONLY
}
