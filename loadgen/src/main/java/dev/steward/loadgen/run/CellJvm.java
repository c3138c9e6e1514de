package dev.steward.loadgen.run;

import dev.steward.loadgen.cell.CellMemory;
import dev.steward.loadgen.cell.CompiledApart;
import dev.steward.loadgen.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM that measures is started. */
final class CellJvm {
    /** From so many on HotSpot has two by itself; with one a JVM of few CPUs takes longer to run in. */
    private static final int CPUS_WITH_TWO_OPTIMIZING_COMPILERS = 4;
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** Those beside {@link #flags}; null until the first JVM asks. */
    private List<String> classFlags;

    CellJvm() {
    }

    /** With these flags, or none, instead of those that map the archive of classes. */
    CellJvm(List<String> classFlags) {
        this.classFlags = List.copyOf(classFlags);
    }

    /**
     * Flags, without class path and main class. The heap is one that no cell fills: a collection in the measured window
     * would be the JVM's and not the lock's.
     */
    static List<String> flags(Scenario scenario) {
        return flags(scenario, HUGE_PAGES);
    }

    /**
     * Touching a heap of small pages takes a second of each start, touching huge pages almost nothing. A JVM that asks
     * for them where there are none prints a warning.
     */
    static List<String> flags(Scenario scenario, Path hugePages) {
        String heap = CellMemory.heapMib(scenario) + "m";
        List<String> flags = new ArrayList<>(List.of(
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Xms" + heap,
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:+AlwaysPreTouch",
            "-XX:MaxDirectMemorySize=" + CellMemory.MAX_OFF_HEAP_BYTES,
            "-Dagrona.disable.bounds.checks=true"));
        CellMemory.youngMib(scenario).ifPresent(mib -> flags.add("-Xmn" + mib + "m"));
        if (Runtime.getRuntime().availableProcessors() < CPUS_WITH_TWO_OPTIMIZING_COMPILERS) {
            flags.add("-XX:CICompilerCount=3");
        }
        if (offered(hugePages)) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        return flags;
    }

    private static boolean offered(Path hugePages) {
        try {
            String choices = Files.readString(hugePages);
            return choices.contains("[always]") || choices.contains("[madvise]");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The command that starts a class of this build, or of another one.
     *
     * @param classPath of the build.
     * @param more      flags of the caller.
     * @throws InterruptedException if this thread was interrupted.
     */
    List<String> command(Scenario scenario, String classPath, List<String> more, Class<?> main)
        throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(scenario));
        command.addAll(CompiledApart.flags());
        if (classPath.equals(ownClassPath())) {
            if (classFlags == null) {
                classFlags = new CellArchive(
                    CellArchive.classPathOfThisJvm(), System.getProperty("java.vm.version"),
                    CellProcess::leaveArchive).flags();
            }
            command.addAll(classFlags);
        }
        command.addAll(Scenario.fileFlags());
        command.addAll(more);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        return command;
    }

    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }
}
