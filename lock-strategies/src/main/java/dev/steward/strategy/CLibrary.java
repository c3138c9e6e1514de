package dev.steward.strategy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.agrona.UnsafeApi;

/**
 * Functions of the GNU C library as method handles, through {@code java.lang.foreign}. That API is final since JDK 22
 * (JEP 454) and the suite is compiled for 17, so it is reached by reflection, once for each function. A handle belongs
 * into a constant: then the compiler makes a plain call of it.
 *
 * <p>Pointers are handed over as {@code long}, so only a 64-bit JVM will do.
 *
 * <p>Threading: any.
 */
public final class CLibrary {
    private static final int FIRST_JDK = 22;
    /** Both in the C library itself since 2.34; before, the second was in a library of its own. */
    private static final List<String> NEEDED = List.of("gnu_get_libc_version", "pthread_rwlock_tryrdlock");

    private static final Foreign FOREIGN = Foreign.orNull();
    /** Does next to nothing, so that what a pair of its calls takes is what calling takes. */
    private static final MethodHandle LABS;
    /** Null if there is none. */
    private static final String REFUSAL;

    static {
        String refusal = refusal(
            Runtime.version().feature(), System.getProperty("os.name"), System.getProperty("sun.arch.data.model"),
            name -> FOREIGN != null && FOREIGN.find(name).isPresent());
        MethodHandle labs = null;
        if (refusal == null) {
            try {
                labs = FOREIGN.function("labs", MethodType.methodType(long.class, long.class), true);
            } catch (IllegalStateException e) {
                refusal = e.getMessage();
            }
        }
        LABS = labs;
        REFUSAL = refusal;
    }

    private CLibrary() {
    }

    /** Why nothing can be called here, in a few words; empty if it can. */
    public static Optional<String> refusal() {
        return Optional.ofNullable(REFUSAL);
    }

    static String refusal(int jdk, String system, String bits, Predicate<String> has) {
        if (jdk < FIRST_JDK) {
            return "JDK " + FIRST_JDK + "+ is needed, this is " + jdk;
        }
        if (!"Linux".equals(system) || !"64".equals(bits)) {
            return "a 64-bit Linux is needed";
        }
        if (!NEEDED.stream().allMatch(has)) {
            return "glibc 2.34+ is needed";
        }
        return null;
    }

    /**
     * Name and version of the library.
     *
     * @throws IllegalStateException with the refusal, if there is one.
     */
    public static String version() {
        require();
        StringBuilder version = new StringBuilder("glibc ");
        try {
            long text = (long) quick("gnu_get_libc_version", MethodType.methodType(long.class)).invokeExact();
            for (byte letter = UnsafeApi.getByte(text); letter != 0; letter = UnsafeApi.getByte(++text)) {
                version.append((char) letter);
            }
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return version.toString();
    }

    /**
     * Two calls of a function that does next to nothing: as many as a lock and its unlock take, and thus the floor
     * under each strategy that calls the C library. Not where there is a {@linkplain #refusal() refusal}.
     */
    public static long pair(long value) {
        try {
            return (long) LABS.invokeExact(value) + (long) LABS.invokeExact(value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void require() {
        if (REFUSAL != null) {
            throw new IllegalStateException(REFUSAL);
        }
    }

    /**
     * A function that never blocks, by a critical call: the thread does not tell the JVM that it leaves Java, which
     * saves most of the price, and safepoints wait until it is back.
     *
     * @param type of {@code int} and {@code long}, which stands for pointers.
     * @return null where there is a refusal.
     */
    static MethodHandle quick(String name, MethodType type) {
        return REFUSAL == null ? FOREIGN.function(name, type, true) : null;
    }

    /** A function that may block, by an ordinary call, for which no safepoint waits; otherwise as {@link #quick}. */
    static MethodHandle blocking(String name, MethodType type) {
        return REFUSAL == null ? FOREIGN.function(name, type, false) : null;
    }

    /** Calls a function of one pointer. */
    static int call(MethodHandle quick, long address) {
        try {
            return (int) quick.invokeExact(address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The same for one that may block; by its name a test knows on a stack trace a thread that may be asleep in C. */
    static int callBlocking(MethodHandle blocking, long address) {
        return call(blocking, address);
    }

    /** C functions throw nothing; this is the JVM's. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException known ? known
            : new IllegalStateException("a call of the C library failed", e);
    }

    /** The API, as far as it is needed: {@code Linker.nativeLinker()} and its default look-up. */
    private record Foreign(Class<?> linkers, Object linker, Object lookup) {
        /** Null on a JDK without it. */
        static Foreign orNull() {
            if (Runtime.version().feature() < FIRST_JDK) {
                return null;
            }
            try {
                Class<?> linkers = type("Linker");
                Object linker = linkers.getMethod("nativeLinker").invoke(null);
                return new Foreign(linkers, linker, linkers.getMethod("defaultLookup").invoke(linker));
            } catch (ReflectiveOperationException e) {
                return null;
            }
        }

        private static Class<?> type(String name) throws ClassNotFoundException {
            return Class.forName("java.lang.foreign." + name);
        }

        Optional<?> find(String name) {
            try {
                return (Optional<?>) type("SymbolLookup").getMethod("find", String.class).invoke(lookup, name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        MethodHandle function(String name, MethodType type, boolean critical) {
            try {
                Object options = Array.newInstance(type("Linker$Option"), critical ? 1 : 0);
                if (critical) {
                    // No object of the heap is ever handed over.
                    Array.set(options, 0, type("Linker$Option").getMethod("critical", boolean.class)
                        .invoke(null, false));
                }
                return (MethodHandle) linkers
                    .getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), options.getClass())
                    .invoke(linker, find(name).orElseThrow(() -> new IllegalStateException(
                        "the C library has no " + name + "()")), descriptor(type), options);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("--enable-native-access=ALL-UNNAMED is needed", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Object descriptor(MethodType type) throws ReflectiveOperationException {
            Object arguments = Array.newInstance(type("MemoryLayout"), type.parameterCount());
            for (int i = 0; i < type.parameterCount(); i++) {
                Array.set(arguments, i, layout(type.parameterType(i)));
            }
            return type("FunctionDescriptor").getMethod("of", type("MemoryLayout"), arguments.getClass())
                .invoke(null, layout(type.returnType()), arguments);
        }

        private static Object layout(Class<?> primitive) throws ReflectiveOperationException {
            return type("ValueLayout").getField(primitive == int.class ? "JAVA_INT" : "JAVA_LONG").get(null);
        }
    }
}
