package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Strategies;
import dev.steward.strategy.torture.GuardTorture;
import dev.steward.strategy.torture.TortureSettings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** The strategy of samples/fair-mutex, compiled as its readers compile it and found as theirs will be. */
class FairMutexSampleTest {
    private static final Path SOURCES = Path.of("../samples/fair-mutex/src");
    private static final long TORTURE_MS = 100;
    /** As often again at most, for threads that a busy machine has not let work yet. */
    private static final int TORTURE_ROUNDS = 600;

    private final ClassLoader ownLoader = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path classes;
    private URLClassLoader loader;
    private Strategy sample;

    @BeforeEach
    void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(null, files, null,
                List.of("-Xlint:all", "-Werror", "--release", "17", "-d", classes.toString()), null,
                files.getJavaFileObjects(SOURCES.resolve("org/example/FairMutex.java"))).call()).isTrue();
        }
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL(), SOURCES.toUri().toURL()}, ownLoader);
        Thread.currentThread().setContextClassLoader(loader);
        sample = Strategies.byName("mutex-fair").orElseThrow();
    }

    @AfterEach
    void takeItAway() throws IOException {
        Thread.currentThread().setContextClassLoader(ownLoader);
        loader.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepContractOfAllStrategies() {
        return Stream.of(AttachmentGuardContractTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(ParameterizedTest.class))
            .filter(method -> !method.getName().equals("shouldStateFootprintOfItsRecords")) // one word is no record
            .map(method -> DynamicTest.dynamicTest(method.getName(), () -> check(method)));
    }

    private void check(Method method) throws Throwable {
        AttachmentGuardContractTest contract = new AttachmentGuardContractTest();
        try {
            method.invoke(contract, sample);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            contract.closeTable();
        }
    }

    @Test
    void shouldKeepItsPromisesUnderFire() throws InterruptedException {
        TortureSettings settings = new TortureSettings(2, 2, GuardTorture.STREAMS, 1, true, System::nanoTime);
        try (GuardTorture torture = new GuardTorture(sample::create, false, settings)) {
            torture.start();
            for (int round = 0; round < TORTURE_ROUNDS && torture.await(TORTURE_MS) && !torture.allWorked(); round++) {
                // the threads work
            }
            torture.stop();
            assertThat(torture.tally().violations()).isZero();
            assertThat(torture.tally().reads()).isPositive();
        }
    }
}
