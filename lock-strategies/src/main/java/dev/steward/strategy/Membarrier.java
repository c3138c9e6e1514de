package dev.steward.strategy;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/**
 * The system call membarrier(2); the C library has no function for it.
 *
 * <p>Threading: any.
 */
final class Membarrier {
    /** Bit of {@link #query} for MEMBARRIER_CMD_GLOBAL, and the command itself. */
    static final int GLOBAL = 1;

    private static final int QUERY = 0;
    private static final int PRIVATE_EXPEDITED = 1 << 3;
    private static final int REGISTER_PRIVATE_EXPEDITED = 1 << 4;

    /** Null where the call is not available. */
    private static final NativeLong NUMBER = number();

    private Membarrier() {
    }

    private static NativeLong number() {
        int forThisMachine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> 324;
            case "aarch64", "riscv64" -> 283;
            default -> 0;
        };
        if (forThisMachine == 0 || !"Linux".equals(System.getProperty("os.name"))) {
            return null;
        }
        try {
            Native.register(Membarrier.class, "c");
            return new NativeLong(forThisMachine);
        } catch (LinkageError | RuntimeException e) {
            return null;
        }
    }

    /** Asks for private expedited barriers; false if there are none. */
    static boolean register() {
        return call(REGISTER_PRIVATE_EXPEDITED) == 0;
    }

    /** The commands that this kernel offers, a mask; 0 or less for none. */
    static long query() {
        return call(QUERY);
    }

    /** Sends every core that runs a thread of this process through a full fence. */
    static void expedited() {
        if (call(PRIVATE_EXPEDITED) != 0) {
            throw new IllegalStateException("membarrier(2) was registered and failed");
        }
    }

    /** Waits for a grace period of the kernel, by such a call. */
    static void global(Call call) {
        if (call.make(GLOBAL, 0) != 0) {
            throw new IllegalStateException("membarrier(2) offered MEMBARRIER_CMD_GLOBAL and failed");
        }
    }

    private static long call(int command) {
        return call(command, 0);
    }

    static long call(int command, int flags) {
        return NUMBER == null ? -1 : syscall(NUMBER, command, flags, 0);
    }

    /** The system call, or that of a test. */
    @FunctionalInterface
    interface Call {
        /** Returns less than 0 if it failed. */
        long make(int command, int flags);
    }

    private static native long syscall(NativeLong number, int command, int flags, int cpuId);
}
