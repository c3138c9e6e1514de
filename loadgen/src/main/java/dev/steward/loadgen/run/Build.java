package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.strategy.Strategy;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * Another build to take turns with: of the suite, or of a user's strategies.
 *
 * @param classPath of its JVMs.
 * @param settings  that its scenarios may have, by their full keys.
 */
public record Build(String classPath, Set<String> settings) {
    private static final String OWN_JARS = "STEWARD_CLASSPATH";
    private static final String PROVIDERS = "META-INF/services/" + Strategy.class.getName();
    private static final String SUITE = "steward.jar";
    private static final String MAIN = "dev.steward.cli.Steward";

    /**
     * Finds a build.
     *
     * @param place a checkout that is built, an unpacked archive, a {@code steward.jar}, or a jar with strategies.
     * @throws ScenarioException with one line, if it is none of them.
     */
    public static Build of(Path place) {
        Path jar = Files.isDirectory(place) ? suiteJar(place) : place;
        if (!Files.isRegularFile(jar)) {
            throw new ScenarioException("--against: " + (Files.isDirectory(place) ? place
                + " is not built; run './steward --version' there" : place + " is not there")
                + "; allowed: a built checkout, its steward.jar, or a jar with strategies");
        }
        List<String> ownJars = jars(System.getenv().getOrDefault(OWN_JARS, ""));
        List<String> classPath = new ArrayList<>();
        if (isSuite(jar)) {
            classPath.add(jar.toAbsolutePath().toString());
            classPath.addAll(ownJars);
            return new Build(String.join(File.pathSeparator, classPath), settingsOf(jar));
        }
        classPath.addAll(jars(CellJvm.ownClassPath()));
        classPath.removeAll(ownJars);
        classPath.add(jar.toAbsolutePath().toString());
        // What the strategies of the other jar need may lie in the rest; their newer selves must not.
        List<String> others = providers(jar);
        ownJars.stream().filter(own -> Collections.disjoint(providers(Path.of(own)), others))
            .forEach(classPath::add);
        return new Build(String.join(File.pathSeparator, classPath),
            Arrays.stream(ScenarioKey.values()).map(ScenarioKey::key).collect(Collectors.toUnmodifiableSet()));
    }

    /** Its own list of settings, from its own class: no file that both builds can read has it. */
    private static Set<String> settingsOf(Path suite) {
        try (URLClassLoader loader = new URLClassLoader(
            new URL[] {suite.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> list = Class.forName(ScenarioKey.class.getName(), true, loader);
            Set<String> keys = new LinkedHashSet<>();
            for (Object one : list.getEnumConstants()) {
                keys.add((String) list.getMethod("key").invoke(one));
            }
            return Collections.unmodifiableSet(keys);
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            throw new ScenarioException("--against: cannot find out which settings " + suite + " knows; it may be too "
                + "old, or built for a newer JDK");
        }
    }

    /**
     * {@return the settings that this build does not know, all of which the scenario leaves at their defaults}
     *
     * @throws ScenarioException with one line, if one of them is set to something else.
     */
    Set<String> unknown(Scenario scenario) {
        Set<String> unknown = new LinkedHashSet<>();
        for (ScenarioKey key : ScenarioKey.values()) {
            if (!settings.contains(key.key())) {
                if (!scenario.text(key).equals(key.defaultValue())) {
                    throw new ScenarioException("--against: the other build does not know " + key.key()
                        + "; allowed: its default (" + key.defaultValue() + ")");
                }
                unknown.add(key.key());
            }
        }
        return unknown;
    }

    private static Path suiteJar(Path folder) {
        Path unpacked = folder.resolve(SUITE);
        return Files.isRegularFile(unpacked) ? unpacked : folder.resolve("cli").resolve("target").resolve(SUITE);
    }

    private static List<String> jars(String classPath) {
        return classPath.isEmpty() ? List.of() : Arrays.asList(classPath.split(File.pathSeparator));
    }

    private static boolean isSuite(Path jar) {
        return read(jar, file -> {
            Manifest manifest = file.getManifest();
            return manifest != null && MAIN.equals(manifest.getMainAttributes().getValue("Main-Class"));
        });
    }

    /** Classes of strategies that a jar or a folder of classes names; what is missing or is neither names none. */
    private static List<String> providers(Path place) {
        try {
            if (Files.isDirectory(place)) {
                Path named = place.resolve(PROVIDERS);
                return Files.isRegularFile(named) ? Files.readAllLines(named) : List.of();
            }
            return !Files.isRegularFile(place) ? List.of() : read(place, file -> {
                ZipEntry named = file.getEntry(PROVIDERS);
                return named == null ? List.of()
                    : new String(file.getInputStream(named).readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            });
        } catch (IOException e) {
            throw new ScenarioException("--against: " + place + " cannot be read");
        }
    }

    private interface Reading<T> {
        T of(JarFile file) throws IOException;
    }

    private static <T> T read(Path jar, Reading<T> reading) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return reading.of(file);
        } catch (IOException e) {
            throw new ScenarioException("--against: " + jar + " cannot be read as a jar");
        }
    }
}
