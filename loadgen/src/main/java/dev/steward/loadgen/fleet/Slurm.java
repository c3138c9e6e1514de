package dev.steward.loadgen.fleet;

import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.results.FleetFolder;
import dev.steward.results.Wording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of a Slurm cluster, as they are found on the path. */
public final class Slurm {
    /** Of a cluster that does not say: Slurm's default. */
    public static final int DEFAULT_MAX_ARRAY_SIZE = 1001;
    /** Why nobody knows which tasks the cluster has. */
    public static final String NO_ANSWER = "squeue does not answer: what is under way is not known";
    private static final Pattern SIZE = Pattern.compile("(?m)^MaxArraySize\\s*=\\s*(\\d{1,9})\\s*$");
    private static final Pattern JOB = Pattern.compile("(\\d+)(?:;.*)?");
    private static final Pattern QUEUED = Pattern.compile("(\\d{1,9})\\|(\\w+)\\|([^|]*)\\|(.*)");

    private final Path programs;

    /** Those on the path. */
    public Slurm() {
        this(null);
    }

    /** Those in a folder. */
    Slurm(Path programs) {
        this.programs = programs;
    }

    /** The cluster's own limit of arrays, or Slurm's default where no cluster answers. */
    public int maxArraySize() {
        try {
            Matcher size = SIZE.matcher(run("scontrol", List.of("show", "config")));
            return size.find() && Integer.parseInt(size.group(1)) > 1 ? Integer.parseInt(size.group(1))
                : DEFAULT_MAX_ARRAY_SIZE;
        } catch (IOException | ScenarioException e) {
            return DEFAULT_MAX_ARRAY_SIZE;
        }
    }

    /**
     * What sbatch is told to submit tasks: a line for each array.
     *
     * @param numbers of tasks.
     */
    public static List<List<String>> arrays(FleetFolder fleet, Collection<Integer> numbers) {
        List<List<String>> lines = new ArrayList<>();
        Indexes.arrays(numbers, fleet.plan().perArray()).forEach((array, indexes) -> lines.add(List.of(
            "--array=" + Indexes.text(indexes) + "%" + fleet.plan().atOnce(),
            script(fleet, SlurmFiles.script(array)))));
        return lines;
    }

    private static String script(FleetFolder fleet, String name) {
        return fleet.path().toAbsolutePath().normalize().resolve(name).toString();
    }

    /**
     * Submits tasks, arrays one after the other so that no more run at a time than planned, and a merge that follows
     * however they end.
     *
     * @param numbers of tasks, at least one.
     * @return the numbers of the arrays' jobs, then that of the merge.
     * @throws IOException       with one line that has the scheduler's words, and the jobs that it has taken before.
     * @throws ScenarioException with one line, if there is no scheduler here.
     */
    public List<String> submit(FleetFolder fleet, Collection<Integer> numbers) throws IOException {
        List<String> jobs = new ArrayList<>();
        try {
            for (List<String> array : arrays(fleet, numbers)) {
                jobs.add(submit(jobs.isEmpty() ? List.of() : jobs.subList(jobs.size() - 1, jobs.size()), array));
            }
            jobs.add(submit(jobs, List.of(script(fleet, SlurmFiles.MERGE))));
        } catch (IOException e) {
            throw jobs.isEmpty() ? e : new IOException(
                e.getMessage() + "; submitted before that: job " + String.join(", ", jobs), e);
        }
        return jobs;
    }

    private String submit(List<String> after, List<String> what) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--parsable"));
        if (!after.isEmpty()) {
            arguments.add("--dependency=afterany:" + String.join(":", after));
        }
        arguments.addAll(what);
        String answer = run("sbatch", arguments).strip();
        // A cluster may have its own remarks on a job, which come before the number.
        return answer.lines().map(String::strip).map(JOB::matcher).filter(Matcher::matches).map(job -> job.group(1))
            .reduce((one, other) -> other).orElseThrow(() -> new IOException(
                "sbatch: answered '" + Wording.shown(answer) + "', which is no number of a job"));
    }

    /**
     * Tasks of a plan that the cluster has in its queue, by number, and how each stands in Slurm's words.
     *
     * @return empty if no cluster answers here, which is not the same as no task.
     */
    public Optional<Map<Integer, String>> queued(FleetFolder fleet) {
        String answer;
        try {
            answer = run("squeue", List.of("--noheader", "--array", "--format=%K|%T|%N|%o"));
        } catch (IOException | ScenarioException e) {
            return Optional.empty();
        }
        Map<Integer, String> queued = new TreeMap<>();
        Map<String, String> files = new HashMap<>();
        for (int offset = 0; offset < fleet.plan().tasks().size(); offset += fleet.plan().perArray()) {
            String script = file(script(fleet, SlurmFiles.script(offset / fleet.plan().perArray())));
            for (String line : answer.lines().toList()) {
                Matcher job = QUEUED.matcher(line.strip());
                if (job.matches() && files.computeIfAbsent(job.group(4), Slurm::file).equals(script)) {
                    queued.put(offset + Integer.parseInt(job.group(1)),
                        (job.group(2).toLowerCase(Locale.ROOT) + " " + job.group(3)).strip());
                }
            }
        }
        return Optional.of(queued);
    }

    /**
     * The same, for who would submit twice what is under way.
     *
     * @throws IOException with one line, if no cluster answers here.
     */
    public Map<Integer, String> underWay(FleetFolder fleet) throws IOException {
        return queued(fleet).orElseThrow(() -> new IOException(NO_ANSWER + "; nothing was submitted"));
    }

    /** The same for all ways to a file, which may be submitted by one and asked for by another. */
    private static String file(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            // Another user's, gone, or no script at all.
            return path;
        }
    }

    private String run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(programs == null ? program : programs.resolve(program).toString());
        command.addAll(arguments);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ScenarioException("there is no " + program + " here; submit on a machine that has Slurm");
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                // What it says last is why; its lines begin with its name.
                String last = output.lines().filter(line -> !line.isBlank()).reduce((one, other) -> other).orElse("")
                    .strip();
                throw new IOException(last.startsWith(program) ? Wording.oneLine(last)
                    : program + ": " + Wording.oneLine(last));
            }
            return output;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(program + ": interrupted", e);
        }
    }
}
