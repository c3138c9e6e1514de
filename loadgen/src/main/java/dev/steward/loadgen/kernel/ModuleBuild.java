package dev.steward.loadgen.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the module against the headers of a kernel, in a folder of its own. */
public final class ModuleBuild {
    /** The module in that folder. */
    public static final String MODULE = "stewardscale.ko";

    private static final String LOG = "build.log";
    private static final Pattern RELEASE = Pattern.compile("UTS_RELEASE \"([A-Za-z0-9][A-Za-z0-9._+~-]*)\"");

    private final Path sources;
    private final Path builds;
    private final Programs programs;

    /**
     * Prepares a build.
     *
     * @param sources of the module
     * @param builds  gets a folder for each kernel
     */
    public ModuleBuild(Path sources, Path builds) {
        this(sources, builds, Programs.ofSystem());
    }

    ModuleBuild(Path sources, Path builds, Programs programs) {
        this.sources = sources;
        this.builds = builds;
        this.programs = programs;
    }

    /** The kernel that runs, as {@code uname -r} names it. */
    public static String runningRelease() {
        return System.getProperty("os.version");
    }

    /** Where the module of a kernel is built unless somebody says otherwise. */
    public Path folderOf(String release) {
        return builds.resolve(release);
    }

    /**
     * What was built. Immutable.
     *
     * @param release  of the kernel that it is for
     * @param warnings of the compiler
     */
    public record Built(Path module, String release, List<String> warnings) {
        /** Copies the list. */
        public Built {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Builds it; what the tools say stands in {@code build.log} beside it.
     *
     * @param headers of a kernel, or a kernel that was built; null for those of the running kernel
     * @param out     new or existing folder; null for {@link #folderOf}
     * @throws KernelException if something is missing, or the build fails; a module of before is gone then
     */
    public Built build(Path headers, Path out) throws IOException, InterruptedException {
        if (!Files.isRegularFile(sources.resolve("Kbuild"))) {
            throw new KernelException(sources + ": the sources of the module are missing; unpack Steward again");
        }
        Path kernel = headers != null ? checked(headers) : ofRunning();
        String release = release(kernel);
        Path folder = (out == null ? folderOf(release) : out).toAbsolutePath();
        copy(sources, folder);
        Path module = folder.resolve(MODULE);
        Files.deleteIfExists(module);
        Path log = folder.resolve(LOG);
        int code = programs.run(log, "make", "-C", kernel.toString(), "M=" + folder, "modules");
        List<String> lines = lines(log);
        if (code != 0 || !Files.isRegularFile(module)) {
            throw new KernelException("the module cannot be built against " + kernel + ": " + lines.stream()
                .filter(line -> line.matches("(?i).*(error|not found|no such|\\*\\*\\*).*")).findFirst()
                .orElse("make ended with " + code) + " (" + log + " tells more)");
        }
        return new Built(module, release, lines.stream().filter(line -> line.contains("warning:")).toList());
    }

    private static Path ofRunning() throws KernelException {
        String release = runningRelease();
        Path headers = Path.of("/lib/modules", release, "build");
        if (!Files.isRegularFile(headers.resolve("Makefile"))) {
            throw new KernelException("no headers of the running kernel in " + headers + "; Debian: apt-get install "
                + "linux-headers-" + release + "; or name a folder of headers with --kdir");
        }
        return checked(headers);
    }

    private static Path checked(Path headers) throws KernelException {
        if (!Files.isRegularFile(headers.resolve("Makefile"))) {
            throw new KernelException(headers + ": no kernel headers (no Makefile there); name a folder such as "
                + "/usr/src/linux-headers-" + runningRelease());
        }
        if (!Files.isRegularFile(headers.resolve("include/config/auto.conf"))) {
            throw new KernelException(headers + ": the kernel is not configured (no include/config/auto.conf); run "
                + "'make modules_prepare' there, or name installed headers");
        }
        return headers.toAbsolutePath();
    }

    /** As {@code uname -r} will name it. */
    private static String release(Path kernel) throws IOException {
        Path file = kernel.resolve("include/generated/utsrelease.h");
        Matcher release = RELEASE.matcher(Files.isRegularFile(file) ? Files.readString(file) : "");
        return release.find() ? release.group(1) : kernel.getFileName().toString();
    }

    private static void copy(Path sources, Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(sources)) {
                for (Path file : files.filter(file -> file.toString().matches(".*(/Kbuild|\\.[ch])")).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new KernelException(folder + ": cannot be written; name another folder with --out");
        }
    }

    static List<String> lines(Path log) throws IOException {
        // What a tool prints need not be UTF-8.
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).lines().map(String::strip).toList();
    }
}
