package dev.steward.loadgen.run;

import dev.steward.loadgen.scenario.ScenarioException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Another build to take turns with: of the suite, or of a user's strategies.
 *
 * @param classPath of its JVMs.
 */
public record Build(String classPath) {
    private static final String OWN_JARS = "STEWARD_CLASSPATH";
    private static final String MAIN = "dev.steward.cli.Steward";

    /**
     * Finds a build.
     *
     * @param place a checkout that is built, its {@code steward.jar}, or a jar with strategies.
     * @throws ScenarioException with one line, if it is none of them.
     */
    public static Build of(Path place) {
        Path jar = Files.isDirectory(place) ? place.resolve("cli").resolve("target").resolve("steward.jar") : place;
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
        } else {
            classPath.addAll(jars(CellJvm.ownClassPath()));
            classPath.removeAll(ownJars);
            classPath.add(jar.toAbsolutePath().toString());
        }
        return new Build(String.join(File.pathSeparator, classPath));
    }

    private static List<String> jars(String classPath) {
        return classPath.isEmpty() ? List.of() : Arrays.asList(classPath.split(File.pathSeparator));
    }

    private static boolean isSuite(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest != null && MAIN.equals(manifest.getMainAttributes().getValue("Main-Class"));
        } catch (IOException e) {
            throw new ScenarioException("--against: " + jar + " cannot be read as a jar");
        }
    }
}
