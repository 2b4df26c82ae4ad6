package dev.minotaur.auth.argon2;

/**
 * What a hash costs.
 *
 * @param memoryKib the memory in KiB, which is also the number of blocks of a pass
 * @param passes how often the memory is filled
 * @param lanes how many parts of it could be filled at a time
 */
record Argon2Cost(int memoryKib, int passes, int lanes) {

    /** Argon2 takes no less for a lane. */
    static final int LEAST_KIB_OF_A_LANE = 8;

    /** Whether a stored hash of this cost is computed: it is one of Argon2, and within the bounds. */
    boolean isComputed() {
        return passes >= 1
                && passes <= Argon2idPasswordHasher.MAX_PASSES
                && lanes >= 1
                && lanes <= Argon2idPasswordHasher.MAX_LANES
                && memoryKib >= LEAST_KIB_OF_A_LANE * lanes
                && memoryKib <= Argon2idPasswordHasher.MAX_MEMORY_KIB
                && work() <= Argon2idPasswordHasher.MAX_WORK;
    }

    /** Whether a heap of so many bytes has room for it: at most half of the heap. */
    boolean fitsInto(long heapBytes) {
        return memoryKib * 1024L <= heapBytes / 2;
    }

    /** Blocks filled, in all passes: what takes the time, however the lanes are. */
    int work() {
        return memoryKib * passes;
    }
}
