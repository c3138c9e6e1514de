package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.strategy.AttachWait;
import dev.steward.strategy.Description;
import dev.steward.strategy.Family;
import dev.steward.strategy.LockStrategy;
import dev.steward.strategy.Quiescence;
import dev.steward.strategy.Simplicity;
import dev.steward.strategy.Strategy;
import dev.steward.strategy.StrategyDescription;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        StrategyDescription info = strategy.description();
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
    @MethodSource("dev.steward.catalog.AllVariants#listed")
    void shouldNameVariantsShortlyAndFindThemAgain(Strategy strategy) {
        String name = strategy.description().name();
        assertThat(Strategies.byName(name).orElseThrow().description().name()).isEqualTo(name);
        assertThat(strategy.description().quiescence() == Quiescence.AT_DESTROY)
            .isEqualTo(name.endsWith(":deferred") || name.matches("rcu-(deferred|reference|minority)(:.*)?"));
    }

    /** Where nothing else decides, the order in which a maintainer would rather have them. */
    @Test
    void shouldPutTheSimplestFirstAndWhoDoesNotSayLast() {
        assertThat(Stream.of("rcu-page", "seqlock", "hazard-slot", "rcu-entry", "refcount", "ticket", "rwsem", "mutex")
            .map(name -> Strategies.byName(name).orElseThrow().description())
            .sorted(Comparator.comparing(StrategyDescription::simplicity)).map(StrategyDescription::name))
            .containsExactly(
                "mutex", "rwsem", "ticket", "refcount", "rcu-entry", "hazard-slot", "seqlock", "rcu-page");
        assertThat(new Added().description().simplicity()).isEqualTo(Simplicity.UNKNOWN);
        assertThat(Simplicity.UNKNOWN.place()).isEmpty();
        assertThat(Simplicity.MUTEX.place()).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("dev.steward.catalog.AllVariants#listed")
    void shouldSayOfEachStrategyHowSimpleItIs(Strategy strategy) {
        StrategyDescription description = strategy.description();
        assertThat(description.simplicity().place().isPresent()).isEqualTo(description.family() != Family.FLOOR);
    }

    /** A report that sleeps inside a section of plain RCU is illegal in the kernel. */
    @ParameterizedTest
    @CsvSource({
        "'', false, GRACE_PERIOD, 'rcu_read_lock(), synchronize_rcu()'",
        ":deferred, false, NOTHING, 'rcu_read_lock(), call_rcu()'",
        ":qsbr, false, GRACE_PERIOD, synchronize_rcu()",
        ":srcu, true, GRACE_PERIOD, 'srcu_read_lock(), synchronize_srcu()'",
        ":srcu:deferred, true, NOTHING, 'srcu_read_lock(), call_srcu()'",
        ":srcu-fast, true, GRACE_PERIOD, srcu_read_lock_fast()"})
    void shouldTakeRulesOfPrimitiveFromReclamation(
        String variant, boolean reportMaySleep, AttachWait attachWait, String primitive) {
        for (String family : List.of("rcu-table", "rcu-page", "rcu-entry")) {
            StrategyDescription description = Strategies.byName(family + variant).orElseThrow().description();
            assertThat(description.usage().reportMaySleep()).isEqualTo(reportMaySleep);
            assertThat(description.usage().attachWait()).isEqualTo(attachWait);
            assertThat(description.kernelPrimitive()).contains(primitive);
            assertThat(description.context()).contains(reportMaySleep ? "may sleep" : "must not sleep")
                .contains(variant.endsWith("deferred") ? "destroy" : "attach waits");
        }
    }

    @ParameterizedTest
    @EnumSource(value = LockStrategy.class, names = {"RCU_TABLE", "RCU_PAGE", "RCU_ENTRY"})
    void shouldDescribeDefaultReclamationAsItsVariant(LockStrategy strategy) {
        assertThat(strategy.variant("ebr").description()).isEqualTo(strategy.description());
    }

    @Test
    void shouldLeaveDefaultsOutOfNamesOfVariants() {
        assertThat(Strategies.byName("mutex:smmu").orElseThrow().description().name()).isEqualTo("mutex");
        assertThat(Strategies.byName("rcu-page:sync:qsbr").orElseThrow().description().name())
            .isEqualTo("rcu-page:qsbr");
        assertThat(Strategies.byName("futex:master")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "mutex:qsbr|'mutex:qsbr': unknown variant 'qsbr'"
                + "; allowed: smmu, striped<n>, master; spin-park, park, spin, yield",
        "mutex:striped3|'mutex:striped3': unknown variant 'striped3'"
                + "; allowed: smmu, striped<n>, master; spin-park, park, spin, yield",
        "mutex:|'mutex:': unknown variant ''; allowed: smmu, striped<n>, master; spin-park, park, spin, yield",
        "rcu-page:ebr:x|'rcu-page:ebr:x': unknown variant 'x'; allowed: ebr, qsbr, srcu, srcu-fast, gc; sync, deferred",
        "rcu-page:gc:deferred|'rcu-page:gc:deferred': gc knows no grace period, so there is nothing to defer",
        "pthread-rwlock:x|'pthread-rwlock:x': unknown variant 'x'; allowed: smmu, striped<n>, master; readers, writers",
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

    @Test
    void shouldSayWhatDescriptionLacks() throws IOException {
        putOnClassPath(Secretive.class.getName());
        assertThatIllegalStateException().isThrownBy(Strategies::all).withMessageMatching("a strategy on the "
            + "class path cannot be used: [^ ]+: strategy 'secret': its description does not say the source");
        putOnClassPath(Silent.class.getName());
        assertThatIllegalStateException().isThrownBy(Strategies::all)
            .withMessageContaining("Silent has no @Description");
    }

    @ParameterizedTest
    @CsvSource({"null, its description is null", "description(), its description cannot be had", "fail(), boom"})
    void shouldNameTheJarWhoseDescriptionCannotBeHad(String description, String why) throws IOException {
        String type = StrategyDescription.class.getName();
        Path source = Files.writeString(jar.resolve("Bad.java"), "public class Bad implements "
            + Strategy.class.getName() + " { public " + type + " description() { return " + description + "; } public "
            + AttachmentGuard.class.getName() + " create(" + GuardContext.class.getName()
            + " context) { return null; } static " + type + " fail() { throw new AssertionError(\"boom\"); } }");
        assertThat(ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", jar.toString(), source.toString())).isZero();
        putOnClassPath("Bad");

        assertThatIllegalStateException().isThrownBy(Strategies::all).withMessage(
            "a strategy on the class path cannot be used: " + jar.getFileName() + ": " + why);
    }

    /** Names become parts of file names, and columns. */
    @ParameterizedTest
    @ValueSource(strings = {"fair mutex", "../../evil", "<script>x", "a@against", ".hidden", "a:",
        "line\nfeed", "\u00fc"})
    void shouldRefuseNamesThatNoFileCouldHave(String name) {
        StrategyDescription mutex = LockStrategy.MUTEX.description();

        assertThatIllegalArgumentException()
            .isThrownBy(() -> mutex.varied(name, mutex.quiescence(), mutex.allocationFree()))
            .withMessageStartingWith("strategy '").withMessageNotContaining("\n")
            .withMessageEndingWith("': its name cannot be that of a file; allowed: letters, digits, '.', '_' and "
                + "'-', variants after colons, at most 64 in all");
    }

    @Test
    void shouldLetAStrategyLookUpTheOneThatItWraps() throws IOException {
        putOnClassPath(Curious.class.getName());

        assertThat(Strategies.names()).endsWith("added");
    }

    @Test
    void shouldSayThatAStrategyNeedsANewerJdk() throws IOException {
        Path source = Files.writeString(jar.resolve("Newer.java"), "public class Newer { }");
        assertThat(ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", jar.toString(), source.toString())).isZero();
        byte[] compiled = Files.readAllBytes(jar.resolve("Newer.class"));
        // The major version of the class file stands behind its magic number and minor version.
        compiled[7] = 99;
        Files.write(jar.resolve("Newer.class"), compiled);
        putOnClassPath("Newer");

        assertThatIllegalStateException().isThrownBy(Strategies::all).withMessageStartingWith(
            "a strategy on the class path was compiled for a newer JDK than this one, "
                + Runtime.version().feature() + ": ");
    }

    /** As a jar that was built against another version of the port. */
    @Test
    void shouldSayThatAStrategyNeedsAClassThatIsGone() throws IOException {
        Path source = Files.writeString(
            jar.resolve("Old.java"), "interface Gone { } public class Old implements Gone { }");
        assertThat(ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", jar.toString(), source.toString())).isZero();
        Files.delete(jar.resolve("Gone.class"));
        putOnClassPath("Old");

        assertThatIllegalStateException().isThrownBy(Strategies::all)
            .withMessage("a strategy on the class path was built for another version of Steward: no Gone");
    }

    private void putOnClassPath(String providers) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(Strategy.class.getName()), providers);
        Thread.currentThread().setContextClassLoader(
            new URLClassLoader(new URL[] {jar.toUri().toURL()}, ownLoader));
    }

    /** One that looks up the lock that it wraps. */
    public static class Curious extends Added {
        private final Strategy wrapped = Strategies.byName("mutex").orElseThrow();

        @Override
        public StrategyDescription description() {
            return new Added().description();
        }

        @Override
        public AttachmentGuard create(GuardContext context) {
            return wrapped.create(context);
        }
    }

    /** A strategy of somebody else. */
    @Description(name = "added", family = Family.FLOOR, title = "added", source = "none", kernelPrimitive = "none",
        context = "nowhere", readerWrites = "nothing", writerWrites = "nothing", notModelled = "nothing")
    public static class Added implements Strategy {
        @Override
        public AttachmentGuard create(GuardContext context) {
            return LockStrategy.MUTEX.create(context);
        }
    }

    /** Another one with the same name. */
    @Description(name = "added", family = Family.FLOOR, title = "added", source = "none", kernelPrimitive = "none",
        context = "nowhere", readerWrites = "nothing", writerWrites = "nothing", notModelled = "nothing")
    public static final class AddedAgain extends Added {
    }

    /** One that takes a name of ours. */
    @Description(name = "mutex", family = Family.FLOOR, title = "added", source = "none", kernelPrimitive = "none",
        context = "nowhere", readerWrites = "nothing", writerWrites = "nothing", notModelled = "nothing")
    public static final class Impostor extends Added {
    }

    /** One that keeps its source to itself. */
    @Description(name = "secret", family = Family.FLOOR, title = "added", source = " ", kernelPrimitive = "none",
        context = "nowhere", readerWrites = "nothing", writerWrites = "nothing", notModelled = "nothing")
    public static final class Secretive extends Added {
    }

    /** One that says nothing at all. */
    public static final class Silent extends Added {
    }

    /** Three kinds of waiting (docs/domain.md, 8.1): who cannot afford a grace period can often afford one report. */
    @ParameterizedTest
    @CsvSource({
        "mutex, HOLDER", "rwlock-spin, HOLDER", "bravo, HOLDER", "streams-mutex, HOLDER",
        "refcount, REPORT", "stamped, REPORT", "seqlock-ste, REPORT", "hazard-slot, REPORT", "hand-over, REPORT",
        "percpu-rwsem, GRACE_PERIOD", "streams-percpu, GRACE_PERIOD", "rcu-page, GRACE_PERIOD",
        "rcu-entry:qsbr, GRACE_PERIOD", "rcu-sync, GRACE_PERIOD", "rcu-page:deferred, NOTHING",
        "rcu-reference, NOTHING"})
    void shouldTellWhatAnAttachWaitsFor(String name, AttachWait wait) {
        assertThat(Strategies.byName(name).orElseThrow().description().usage().attachWait()).isEqualTo(wait);
    }
}
