package dev.steward.cli.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the house to its rules, and the rules to their task: each must catch a class that was built to break it. */
final class ArchitectureTest {
    private static final String ROOT = "dev.steward";
    private static final String WRONG_ROOT = "dev.steward.cli.arch.wrong";
    private static final String EMPTY_ROOT = "dev.steward.nowhere";

    private static final JavaClasses HOUSE = new ClassFileImporter()
        .withImportOption(location -> !location.contains("/test-classes/"))
        .withImportOption(new ImportOption.DoNotIncludePackageInfos())
        .importPackages(ROOT);
    private static final JavaClasses WRONG_HOUSE = new ClassFileImporter().importPackages(WRONG_ROOT);

    @ParameterizedTest
    @EnumSource
    void shouldKeepRule(HouseRule rule) {
        rule.under(ROOT).check(HOUSE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchIntruderWhenRuleIsBroken(HouseRule rule) {
        assertThatThrownBy(() -> rule.under(WRONG_ROOT).check(WRONG_HOUSE))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining(WRONG_ROOT + "." + rule.intruder());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailWhenRuleMeetsNoClass(HouseRule rule) {
        assertThatThrownBy(() -> rule.under(EMPTY_ROOT).check(HOUSE))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("failed to check any");
    }

    @Test
    void shouldSeeEveryModule() {
        Set<String> modules = new TreeSet<>();
        HOUSE.forEach(type -> modules.add(type.getPackageName().split("\\.")[2]));

        assertThat(modules).contains("engine", "strategy", "design", "results", "loadgen", "jmh", "reports", "cli");
    }
}
