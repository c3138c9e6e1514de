package dev.steward.loadgen.kernel;

import dev.steward.results.Launcher;
import dev.steward.results.Temporary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the module into the running kernel, which is the run, takes its lines out of the log of the kernel and unloads
 * it. Nothing is done before {@link #run}.
 */
public final class ModuleRun {
    /** Parameters of the module; it checks their values itself. */
    static final List<String> PARAMETERS = List.of("lock", "mode", "entries", "readers", "attach_threads",
        "event_rate", "attach_rate", "section", "seed", "warmup", "duration");

    private static final String NAME = "stewardscale";
    private static final Path COMMAND_LINE = Path.of("/proc/cmdline");

    private final Path module;
    private final Map<String, String> parameters;
    private final int repeats;
    private final Programs programs;
    private final String idPrefix;

    /**
     * Prepares a run.
     *
     * @param parameters as {@code insmod} takes them: {@code name=value}
     * @param repeats    how often the module is loaded, 1 or more
     * @throws IllegalArgumentException for a parameter that the module does not have; one line
     */
    public ModuleRun(Path module, List<String> parameters, int repeats) {
        this(module, parameters, repeats, Programs.ofSystem(), Long.toString(System.currentTimeMillis(), 36));
    }

    ModuleRun(Path module, List<String> parameters, int repeats, Programs programs, String idPrefix) {
        if (repeats < 1) {
            throw new IllegalArgumentException("--repeats: " + repeats + " is not allowed; 1 or more");
        }
        this.module = module.toAbsolutePath();
        this.parameters = checked(parameters);
        this.repeats = repeats;
        this.programs = programs;
        this.idPrefix = idPrefix;
    }

    private static Map<String, String> checked(List<String> parameters) {
        Map<String, String> checked = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = parameter.substring(0, Math.max(0, equals));
            if (!PARAMETERS.contains(name)) {
                throw new IllegalArgumentException("'" + parameter + "' is no parameter of the module; allowed: "
                    + String.join("=, ", PARAMETERS) + "=");
            }
            if (checked.put(name, parameter.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + name + "' is named twice");
            }
        }
        return checked;
    }

    /** What a run does to the machine, one line each, ready for print. */
    public List<String> plan() {
        List<String> plan = new ArrayList<>();
        for (int repeat = 1; repeat <= repeats; repeat++) {
            plan.add(String.join(" ", insmod(repeat)));
        }
        plan.add("after each: dmesg, to read what it printed, and rmmod " + NAME);
        plan.add("A real-time thread and busy attach threads take the CPUs meanwhile; until the next boot the kernel "
            + "is tainted as by any module from outside its tree (O, unsigned E).");
        return plan;
    }

    private String[] insmod(int repeat) {
        List<String> command = new ArrayList<>(List.of("insmod", module.toString(), "id=" + id(repeat)));
        parameters.forEach((name, value) -> command.add(name + "=" + value));
        return command.toArray(String[]::new);
    }

    private String id(int repeat) {
        return idPrefix + "-" + repeat;
    }

    /**
     * Says why a run cannot begin, before anybody is asked.
     *
     * @throws KernelException if the user is not root, the module is not built, or the kernel is set to panic
     */
    public void check() throws IOException {
        check((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, COMMAND_LINE);
    }

    void check(boolean root, Path commandLine) throws IOException {
        if (!Files.isRegularFile(module)) {
            throw new KernelException(module + ": no such module; " + builder() + " builds it");
        }
        if (!root) {
            throw new KernelException("only root may load a module: run it as root, or with sudo");
        }
        if (Files.isReadable(commandLine) && Files.readString(commandLine).contains("panic_on_taint=")) {
            throw new KernelException(
                "this kernel is set to panic when a module from outside taints it (panic_on_taint): nothing is loaded");
        }
    }

    /**
     * Runs it.
     *
     * @param log gets the log of the kernel after the last repeat; null for none
     * @throws KernelException if the module does not load, with the reason and what helps
     */
    public ScaleLog.Content run(Path log) throws IOException, InterruptedException {
        Path scratch = Temporary.file(null, "module", ".txt");
        Path dmesg = Temporary.file(null, "module", ".log");
        try {
            ScaleLog.Content all = null;
            for (int repeat = 1; repeat <= repeats; repeat++) {
                int code = programs.run(scratch, insmod(repeat));
                if (code != 0) {
                    throw new KernelException(refusal(String.join(" ", ModuleBuild.lines(scratch)), dmesg));
                }
                ScaleLog.Content one;
                try {
                    readLog(dmesg);
                    one = ScaleLog.read(dmesg, id(repeat));
                } finally {
                    programs.run(scratch, "rmmod", NAME);
                }
                all = all == null ? one : all.and(one);
            }
            if (log != null) {
                Files.copy(dmesg, log, StandardCopyOption.REPLACE_EXISTING);
            }
            return all;
        } finally {
            Files.deleteIfExists(scratch);
            Files.deleteIfExists(dmesg);
        }
    }

    private void readLog(Path dmesg) throws IOException, InterruptedException {
        if (programs.run(dmesg, "dmesg") != 0) {
            throw new KernelException("dmesg cannot read the log of the kernel: "
                + ModuleBuild.lines(dmesg).stream().findFirst().orElse("no reason given"));
        }
    }

    /** The words of strerror that insmod repeats, and what they mean here. */
    private String refusal(String said, Path dmesg) throws IOException, InterruptedException {
        String reason;
        if (said.contains("File exists")) {
            reason = "it is loaded already; 'rmmod " + NAME + "' takes it out";
        } else if (said.contains("Key was rejected") || said.contains("Required key not available")) {
            reason = "this kernel loads signed modules only (Secure Boot); sign it with a key that the machine knows, "
                + "or turn Secure Boot off";
        } else if (said.contains("Operation not permitted")) {
            reason = "this kernel takes no module (lockdown, as under Secure Boot, kernel.modules_disabled, or a "
                + "container)";
        } else if (said.contains("Invalid module format") || said.contains("Exec format error")) {
            reason = "it was built for another kernel than " + ModuleBuild.runningRelease()
                + "; " + builder() + " builds it again";
        } else if (said.contains("Unknown symbol") || said.contains("wrong symbol version")) {
            reason = "this kernel lacks what it needs; " + builder() + " builds it again";
        } else if (said.contains("Invalid parameters") || said.contains("Invalid argument")) {
            reason = refused(dmesg).orElse(said);
        } else {
            reason = said.isBlank() ? "insmod gave no reason" : said;
        }
        return module + ": cannot be loaded: " + reason;
    }

    private static String builder() {
        return "'" + Launcher.command() + " kernel build'";
    }

    /** The module says in the log which value it does not take. */
    private Optional<String> refused(Path dmesg) throws IOException, InterruptedException {
        readLog(dmesg);
        try {
            List<String> failures = ScaleLog.read(dmesg).failures();
            return failures.isEmpty() ? Optional.empty() : Optional.of(failures.get(failures.size() - 1));
        } catch (KernelException e) {
            return Optional.empty();
        }
    }
}
