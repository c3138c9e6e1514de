package dev.steward.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrategiesTest {
    private final ClassLoader ownLoader = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path jar;

    @AfterEach
    void takeJarAway() {
        Thread.currentThread().setContextClassLoader(ownLoader);
    }

    @Test
    void shouldListOwnStrategiesInTableOrder() {
        assertThat(Strategies.names()).contains("mutex", "unguarded").doesNotHaveDuplicates();
        assertThat(Strategies.all()).isEqualTo(List.of(LockStrategy.values()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayAllOfItself(LockStrategy strategy) {
        StrategyInfo info = strategy.info();
        assertThat(info.name()).matches("[a-z][a-z0-9-]*");
        assertThat(Stream.of(info.title(), info.kernelPrimitive(), info.context(), info.readerWrites(),
            info.notModelled(), info.source(), info.writerWrites()))
            .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("\n"));
        assertThat(info.ranked()).isEqualTo(!info.name().startsWith("unguarded"));
        assertThat(strategy.name().toLowerCase(Locale.ROOT).replace('_', '-')).isEqualTo(info.name());
        assertThat(Strategies.byName(info.name())).containsSame(strategy);
    }

    @Test
    void shouldFindNothingForUnknownName() {
        assertThat(Strategies.byName("futex")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.steward.strategy.AllVariants#all")
    void shouldNameVariantsShortlyAndFindThemAgain(Strategy strategy) {
        String name = strategy.info().name();
        assertThat(Strategies.byName(name).orElseThrow().info().name()).isEqualTo(name);
        assertThat(strategy.info().quiescence() == StrategyInfo.Quiescence.AT_DESTROY)
            .isEqualTo(name.endsWith(":deferred") || name.matches("rcu-(deferred|reference)(:.*)?"));
    }

    @Test
    void shouldLeaveDefaultsOutOfNamesOfVariants() {
        assertThat(Strategies.byName("mutex:smmu").orElseThrow().info().name()).isEqualTo("mutex");
        assertThat(Strategies.byName("rcu-page:sync:qsbr").orElseThrow().info().name()).isEqualTo("rcu-page:qsbr");
        assertThat(Strategies.byName("futex:master")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mutex:qsbr|'mutex:qsbr': unknown variant 'qsbr'; allowed: smmu, striped<n>, master",
        "mutex:striped3|'mutex:striped3': unknown variant 'striped3'; allowed: smmu, striped<n>, master",
        "mutex:|'mutex:': unknown variant ''; allowed: smmu, striped<n>, master",
        "rcu-page:ebr:x|'rcu-page:ebr:x': unknown variant 'x'; allowed: ebr, qsbr, srcu, gc; sync, deferred",
        "rcu-page:gc:deferred|'rcu-page:gc:deferred': gc knows no grace period, so there is nothing to defer",
        "unguarded:master|'unguarded:master': unknown variant 'master'; allowed: none"
    }, quoteCharacter = '"')
    void shouldSayWhatIsAllowedForUnknownVariant(String name, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Strategies.byName(name)).withMessage(message);
    }

    @Test
    void shouldAppendStrategiesOfOtherJars() throws IOException {
        putOnClassPath(Added.class.getName());
        assertThat(Strategies.names()).hasSize(LockStrategy.values().length + 1).endsWith("added");
        assertThat(Strategies.byName("added")).get().isInstanceOf(Added.class);
    }

    @Test
    void shouldRefuseTwoStrategiesOfOneName() throws IOException {
        putOnClassPath(Impostor.class.getName());
        assertThatIllegalStateException().isThrownBy(Strategies::all).withMessageContaining("'mutex'");
        putOnClassPath(Added.class.getName() + "\n" + AddedAgain.class.getName());
        assertThatIllegalStateException().isThrownBy(Strategies::all).withMessageContaining("'added'");
    }

    private void putOnClassPath(String providers) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(Strategy.class.getName()), providers);
        Thread.currentThread().setContextClassLoader(
            new URLClassLoader(new URL[] {jar.toUri().toURL()}, ownLoader));
    }

    private static StrategyInfo info(String name) {
        return LockStrategy.UNGUARDED.info().toBuilder().renamed(name).build();
    }

    /** A strategy of somebody else. */
    public static class Added implements Strategy {
        @Override
        public StrategyInfo info() {
            return StrategiesTest.info("added");
        }

        @Override
        public AttachmentGuard create(GuardContext context) {
            return LockStrategy.MUTEX.create(context);
        }
    }

    /** Another one with the same name. */
    public static final class AddedAgain extends Added {
    }

    /** One that takes a name of ours. */
    public static final class Impostor extends Added {
        @Override
        public StrategyInfo info() {
            return StrategiesTest.info("mutex");
        }
    }
}
