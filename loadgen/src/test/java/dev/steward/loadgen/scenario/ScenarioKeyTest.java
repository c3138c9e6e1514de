package dev.steward.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.engine.event.EventId;
import dev.steward.engine.iommufd.KernelVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioKeyTest {
    @ParameterizedTest
    @EnumSource(ScenarioKey.class)
    void shouldHaveADefaultThatIsAllowedAndCanonical(ScenarioKey key) {
        assertThat(key.type().canonical(key.defaultValue())).isEqualTo(key.defaultValue());
    }

    @ParameterizedTest
    @EnumSource(ScenarioKey.class)
    void shouldExplainItselfInOneLine(ScenarioKey key) {
        assertThat(key.key()).matches("[A-Za-z0-9_.-]+");
        assertThat(key.meaning()).isNotBlank().doesNotContain("\n");
        assertThat(key.allowed()).isNotBlank().doesNotContain("\n");
        assertThat(ScenarioKey.byKey(key.key())).contains(key);
    }

    @Test
    void shouldHaveEachNameOnce() {
        assertThat(Arrays.stream(ScenarioKey.values()).map(ScenarioKey::key)).doesNotHaveDuplicates();
    }

    @Test
    void shouldOfferEveryKernelOfTheEngineAndDefaultToTheNewest() {
        assertThat(ScenarioKey.KERNEL.choices())
            .containsExactlyElementsOf(Arrays.stream(KernelVersion.values()).map(KernelVersion::release).toList());
        assertThat(ScenarioKey.KERNEL.defaultValue()).isEqualTo(KernelVersion.NEWEST.release());
    }

    @Test
    void shouldNameAnEventIdWithEveryWeightOfTheMix() {
        List<String> ids = Arrays.stream(ScenarioKey.values()).map(ScenarioKey::key)
            .filter(key -> key.startsWith("storm.mix.")).map(key -> key.substring("storm.mix.".length())).toList();

        assertThat(ids).isNotEmpty().allSatisfy(id -> assertThat(EventId.valueOf(id)).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({
        "streams, 1_000, 1000", "streams, +7, 7", "seed, -9223372036854775808, -9223372036854775808",
        "storm.zipfExponent, 1, 1", "storm.zipfExponent, 0.990, 0.99", "storm.zipfExponent, 1e-3, 0.001",
        "storm.zipfExponent, -0, 0", "storm.zipfExponent, .5, 0.5", "storm.mix.F_ACCESS, 1e6, 1000000",
        "storm.rate, 0.02M/s, 20k/s", "churn.rate, 0, 0/s", "churn.rate, 0.1/s, 0.1/s", "section, 0, 0ns",
        "section, 0.010ms, 10us", "duration, 1min, 60s", "table.split, 10, 10",
        "storm.guestShares, ' .5, 0.250 ,0 ', '0.5,0.25,0'", "storm.guestShares, ' ', ''", "storm.burst.on, 1s, 1s"
    })
    void shouldBringAValueIntoItsCanonicalForm(String key, String text, String canonical) {
        SettingType type = ScenarioKey.byKey(key).orElseThrow().type();

        assertThat(type.canonical(text)).isEqualTo(canonical);
        assertThat(type.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "streams, 0", "streams, -1", "streams, 65537", "streams, 1.5", "streams, many", "streams, 0x10", "streams, ''",
        "streams, 99999999999999999999", "seed, 9223372036854775808",
        "storm.hotShare, -0.1", "storm.hotShare, 1.0001", "storm.hotShare, NaN", "storm.hotShare, Infinity",
        "storm.hotShare, 1d", "storm.hotShare, 0x1p-1", "storm.hotShare, 1e400", "storm.hotShare, 1e99999999",
        "storm.hotShare, '0,5'", "storm.hotShare, ''",
        "storm.rate, 0", "storm.rate, 0.5/s", "storm.rate, -20k/s", "storm.rate, 11M/s", "churn.rate, -1",
        "churn.rate, 1000001/s", "vmm.poll, 999ns", "vmm.poll, 2s", "section, -1us", "section, 11ms",
        "duration, 9ms", "duration, 61min", "duration, 0", "warmup, -1s",
        "path, Ring", "path, ''", "table.split, 7", "name, ''", "name, a/b", "name, ..", "name, 'a b'"
    })
    void shouldRefuseAValueThatIsNotAllowed(String key, String text) {
        SettingType type = ScenarioKey.byKey(key).orElseThrow().type();

        assertThatIllegalArgumentException().isThrownBy(() -> type.canonical(text));
    }

    @Test
    void shouldRefuseTextOfMoreThanOneLine() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ScenarioKey.DESCRIPTION.type().canonical("one\ntwo"))
            .withMessage("is not one line of text");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ScenarioKey.STORM_EVENTS.type().canonical("a\0b"));
        assertThat(ScenarioKey.DESCRIPTION.type().canonical("été: 100 % \"so\"")).isEqualTo("été: 100 % \"so\"");
    }

    @Test
    void shouldRebuildAScenarioFromItsSettings() {
        Scenario scenario = new ScenarioBuilder()
            .override("storm.rate=12345.678901/s").override("section=1515ns").override("seed=-1").build();
        Map<String, String> settings = scenario.settings();
        Scenario rebuilt = Scenario.ofSettings(settings);

        assertThat(rebuilt.settings()).isEqualTo(settings).hasSize(ScenarioKey.values().length);
        assertThat(rebuilt.ratePerSecond(ScenarioKey.STORM_RATE)).isEqualTo(12345.678901);
        assertThat(rebuilt.durationNs(ScenarioKey.SECTION)).isEqualTo(1515);
        assertThat(rebuilt.seed()).isEqualTo(-1);
    }
}
