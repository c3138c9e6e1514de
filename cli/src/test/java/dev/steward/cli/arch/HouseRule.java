package dev.steward.cli.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The arrows and rooms of the house, each under any package root: the true one must keep them, and a small wrong one in
 * the test tree must be caught by each.
 */
enum HouseRule {
    ENGINE_USES_NOBODY("engine.smmu.BreaksEngine") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".engine..", root + ".engine..", "org.agrona..", "com.lmax.disruptor..");
        }
    },
    STRATEGIES_USE_ENGINE("strategy.BreaksStrategies") {
        @Override
        ArchRule under(String root) {
            // JNA: the one system call behind a fence that the JVM does not have.
            return onlyUses(root + ".strategy..",
                root + ".strategy..", root + ".engine..", "org.agrona..", "com.sun.jna..");
        }
    },
    DESIGNS_USE_STRATEGIES_AND_ENGINE("design.BreaksDesigns") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".design..",
                root + ".design..", root + ".strategy..", root + ".engine..", "org.agrona..");
        }
    },
    CATALOG_USES_STRATEGIES_AND_DESIGNS("catalog.BreaksCatalog") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".catalog..",
                root + ".catalog..", root + ".design..", root + ".strategy..", root + ".engine..");
        }
    },
    LOADGEN_KNOWS_NO_REPORTS_AND_NO_CLI("loadgen.BreaksLoadgen") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".loadgen..",
                root + ".loadgen..", root + ".results..", root + ".catalog..", root + ".strategy..", root + ".engine..",
                root + ".machine..", "org.agrona..",
                "org.HdrHistogram..",
                "com.fasterxml.jackson..", "org.yaml.snakeyaml..", "org.apache.commons.text..", "oshi..",
                "com.github.luben.zstd..", "com.sun.jna..", "com.sun.management..");
        }
    },
    RESULTS_USE_NOBODY("results.BreaksResults") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".results..",
                root + ".results..", "com.fasterxml.jackson..", "org.HdrHistogram..");
        }
    },
    REPORTS_USE_RESULTS_ALONE("reports.BreaksReports") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".reports..",
                root + ".reports..", root + ".results..", "com.fasterxml.jackson..", "gg.jte..",
                "org.hipparchus..", "io.prometheus.metrics..");
        }
    },
    JMH_KNOWS_NEITHER_RIG_NOR_REPORTS("jmh.BreaksJmh") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".jmh..",
                root + ".jmh..", root + ".catalog..", root + ".strategy..", root + ".engine..",
                root + ".machine..", root + ".loadgen.workload..",
                "org.openjdk.jmh..", "org.agrona..", "com.lmax.disruptor..", "org.HdrHistogram..");
        }
    },
    NOBODY_USES_CLI("engine.smmu.BreaksEngine") {
        @Override
        ArchRule under(String root) {
            return noClasses().that().resideInAPackage(root + "..").and().resideOutsideOfPackage(root + ".cli..")
                .should().dependOnClassesThat().resideInAPackage(root + ".cli..");
        }
    },
    KERNEL_LOGS_ARE_READ_ALONE("loadgen.log.BreaksLog") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".loadgen.log..",
                root + ".loadgen.log..", root + ".engine..", "com.fasterxml.jackson..", "com.github.luben.zstd..",
                "org.apache.commons.text..");
        }
    },
    WORKLOAD_STANDS_ALONE("loadgen.workload.BreaksWorkload") {
        @Override
        ArchRule under(String root) {
            return onlyUses(root + ".loadgen.workload..",
                root + ".loadgen.workload..", root + ".engine..", "org.agrona..");
        }
    },
    ROOMS_OF_A_CELL_STAND_IN_A_COLUMN("loadgen.record.BreaksColumn") {
        @Override
        ArchRule under(String root) {
            return classes().that().resideInAnyPackage(rooms(root))
                .should(new ArchCondition<>("depend on rooms to their left only: " + ROOMS) {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        item.getDirectDependenciesFromSelf().stream()
                            .filter(one -> room(root, one.getTargetClass()) > room(root, item))
                            .forEach(one -> events.add(SimpleConditionEvent.violated(one, one.getDescription())));
                    }
                });
        }
    },
    ROOMS_BELOW_A_CELL_ARE_ITS_OWN("loadgen.run.BreaksRooms") {
        @Override
        ArchRule under(String root) {
            return noClasses()
                .that().resideInAPackage(root + "..")
                .and().resideOutsideOfPackages(rooms(root))
                .should().dependOnClassesThat().resideInAnyPackage(
                    root + ".loadgen.oracle..", root + ".loadgen.guest..", root + ".loadgen.load..");
        }
    },
    SMMU_IS_ABOVE_THE_REST_OF_THE_ENGINE("engine.event.BreaksLayers") {
        @Override
        ArchRule under(String root) {
            return noClasses()
                .that().resideInAnyPackage(
                    root + ".engine.stream..", root + ".engine.event..", root + ".engine.iommufd..")
                .should().dependOnClassesThat().resideInAPackage(root + ".engine.smmu..");
        }
    },
    STREAM_AND_EVENT_KNOW_NOBODY("engine.event.BreaksLayers") {
        @Override
        ArchRule under(String root) {
            return CompositeArchRule
                .of(onlyUses(root + ".engine.stream..", root + ".engine.stream..", "org.agrona.."))
                .and(onlyUses(root + ".engine.event..",
                    root + ".engine.event..", "org.agrona..", "com.lmax.disruptor.."));
        }
    },
    NO_CIRCLE_AMONG_PACKAGES("reports.one.BreaksCircle") {
        @Override
        ArchRule under(String root) {
            return slices().matching(root + ".(**)").should().beFreeOfCycles();
        }
    },
    ENGINE_AND_STRATEGIES_READ_NO_CLOCK("strategy.BreaksClock") {
        @Override
        ArchRule under(String root) {
            // BRAVO times its own revocations: that is the algorithm.
            return noClasses().that().resideInAnyPackage(root + ".engine..", root + ".strategy..", root + ".design..")
                .and().haveNameNotMatching(".*\\.(BravoLock|RwSemaphore)")
                .should().accessTargetWhere(readsClock())
                .orShould().dependOnClassesThat().areAssignableTo(NanoClock.class)
                .orShould().dependOnClassesThat().areAssignableTo(EpochClock.class)
                .orShould().dependOnClassesThat().areAssignableTo(Clock.class);
        }
    },
    MEASURED_TIME_HAS_ONE_CLOCK("loadgen.workload.BreaksWorkload") {
        @Override
        ArchRule under(String root) {
            return noClasses()
                .that().resideInAPackage(root + "..")
                .and().doNotHaveFullyQualifiedName(root + ".loadgen.record.Clock")
                .and().resideOutsideOfPackage(root + ".jmh..")
                .and().haveNameNotMatching(".*\\.(BravoLock|RwSemaphore)")
                .should().accessTargetWhere(target(System.class, "nanoTime"));
        }
    },
    EXIT_CODES_ARE_OF_CLI_AND_CELLS("loadgen.BreaksExit") {
        @Override
        ArchRule under(String root) {
            return noClasses().that(notPrograms(root))
                .should().accessTargetWhere(target(System.class, "exit"))
                .orShould().accessTargetWhere(target(Runtime.class, "exit", "halt"));
        }
    },
    STANDARD_STREAMS_ARE_OF_CLI_AND_CELLS("reports.BreaksStreams") {
        @Override
        ArchRule under(String root) {
            return noClasses().that(notPrograms(root))
                .should().accessTargetWhere(target(System.class, "out", "err", "in"));
        }
    },
    ONE_WRITER_OF_ENTRIES("engine.stream.BreaksWriter") {
        @Override
        ArchRule under(String root) {
            return methods().that().haveName("writeWordRelease")
                .and().areDeclaredInClassesThat().areAssignableTo(root + ".engine.stream.StreamTable")
                .should().onlyBeCalled().byClassesThat()
                .haveFullyQualifiedName(root + ".engine.stream.StreamTableEntryWriter");
        }
    };

    private static final List<String> ROOMS = List.of("record", "oracle", "guest", "load", "cell", "selfcheck");

    private final String intruder;

    HouseRule(String intruder) {
        this.intruder = intruder;
    }

    /** The rule for the packages below a root. */
    abstract ArchRule under(String root);

    /** The class of the wrong house, below its root, that breaks this rule. */
    String intruder() {
        return intruder;
    }

    private static String[] rooms(String root) {
        return ROOMS.stream().map(room -> root + ".loadgen." + room + "..").toArray(String[]::new);
    }

    /** Place of a class in the column, -1 for one that is in no room. */
    private static int room(String root, JavaClass type) {
        return ROOMS.indexOf(type.getPackageName().replace(root + ".loadgen.", ""));
    }

    private static ArchRule onlyUses(String module, String... allowed) {
        String[] withJava = Stream.concat(Stream.of(allowed), Stream.of("java..")).toArray(String[]::new);
        return classes().that().resideInAPackage(module)
            .should().onlyDependOnClassesThat().resideInAnyPackage(withJava);
    }

    private static DescribedPredicate<JavaClass> notPrograms(String root) {
        return resideInAPackage(root + "..").and(not(resideInAnyPackage(root + ".cli..")))
            .and(describe("are not the main class of a JVM that measures",
                type -> !type.getName().matches(
                    Pattern.quote(root) + "\\.(loadgen\\.cell\\.(Cell|Live)|jmh\\.(Lane)?)Main.*")));
    }

    private static DescribedPredicate<JavaAccess<?>> readsClock() {
        return target(System.class, "nanoTime", "currentTimeMillis").or(target(Instant.class, "now"));
    }

    /** Calls, field reads and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return describe("target is " + owner.getSimpleName() + " " + wanted, access ->
            access.getTargetOwner().isEquivalentTo(owner) && wanted.contains(access.getTarget().getName()));
    }
}
