package dev.steward.loadgen.record;

import dev.steward.machine.Cpus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compilers and collector of this JVM, found by the names that the kernel has of its threads
 * ({@code /proc/self/task/TID/comm}, 15 characters). A thread that one of them starts later inherits its CPUs.
 *
 * <p>Threading: any.
 */
final class JvmThreads {
    private static final Pattern OURS = Pattern.compile(
        "(C[12] Compiler|JVMCI|VM Thread|VM Periodic|Sweeper|GC Thread|G1 |Parallel|Shenandoah|Z[A-Z]).*");
    /** ESRCH: it has ended meanwhile. */
    private static final int NO_SUCH_THREAD = 3;

    private final Path tasks;
    private final Binder binder;
    private boolean bound;

    JvmThreads(Path tasks, Binder binder) {
        this.tasks = tasks;
        this.binder = binder;
    }

    /** Binds a thread: 0, or the error number. */
    @FunctionalInterface
    interface Binder {
        int bind(int thread, BitSet cpus);
    }

    private static final class Here {
        private static final JvmThreads THREADS = new JvmThreads(Path.of("/proc/self/task"), Cpus::bind);
    }

    static JvmThreads here() {
        return Here.THREADS;
    }

    /** Name by number, ascending; none where nothing is told. */
    Map<Integer, String> found() {
        Map<Integer, String> found = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks, "[0-9]*")) {
            for (Path task : all) {
                String name = name(task);
                if (OURS.matcher(name).matches()) {
                    found.put(Integer.parseInt(task.getFileName().toString()), name);
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return found;
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).trim();
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    /**
     * Binds them.
     *
     * @param cpus null to let go those that were bound.
     * @param all  that the process may use.
     * @return 0, or the first error number.
     */
    synchronized int bind(BitSet cpus, BitSet all) {
        if (cpus == null && !bound) {
            return 0;
        }
        bound = cpus != null;
        int refused = 0;
        for (int thread : found().keySet()) {
            int error = binder.bind(thread, cpus == null ? all : cpus);
            refused = refused == 0 && error != NO_SUCH_THREAD ? error : refused;
        }
        return refused;
    }
}
