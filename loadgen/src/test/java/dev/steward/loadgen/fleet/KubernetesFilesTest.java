package dev.steward.loadgen.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.steward.loadgen.scenario.ScenarioException;
import dev.steward.loadgen.sweep.SweepGrid;
import dev.steward.results.FleetPlan;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Manifests against the schemas that Kubernetes publishes (OpenAPI), as its client library has them. */
class KubernetesFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Path file = FleetPlannerTest.grid(folder, 5);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, new FleetRequest(FleetPlan.Kind.KUBERNETES, 3, 0, 0, 1, 6), 100_000,
            "./steward sweep --plan kubernetes x", null);
        assertThat(new FleetWriter(folder.resolve("plan"), folder).write(Files.readAllBytes(file), grid, plan, false,
            new KubernetesFiles("registry.example/steward:1", "results")))
            .containsExactly("Containerfile", "job.yaml", "merge.yaml");
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve("plan").resolve(name));
    }

    /** Through a tree of JSON, as the server reads it: the schema is held to every field. */
    private static JsonElement tree(String yaml) {
        Object document = new Yaml().load(yaml);
        return new Gson().toJsonTree(document);
    }

    /** Two plans of one grid must not replace each other's job, nor keep each other's pods from nodes. */
    @Test
    void shouldNameAJobByItsFolderToo() throws IOException {
        Path file = FleetPlannerTest.grid(folder, 5);
        SweepGrid grid = SweepGrid.read(file);
        FleetPlan plan = FleetPlanner.plan(grid, new FleetRequest(FleetPlan.Kind.KUBERNETES, 3, 0, 0, 1, 6), 100_000,
            "./steward sweep --plan kubernetes x", null);
        new FleetWriter(folder.resolve("other"), folder).write(Files.readAllBytes(file), grid, plan, false,
            new KubernetesFiles("registry.example/steward:1", "results"));
        String name = job("job.yaml").getMetadata().getName();

        assertThat(name).matches("steward-g-[0-9a-f]{8}");
        assertThat(job("../other/job.yaml").getMetadata().getName()).matches("steward-g-[0-9a-f]{8}")
            .isNotEqualTo(name);
        assertThat(job("merge.yaml").getMetadata().getName()).isEqualTo(name.replace("steward-", "steward-merge-"));
        assertThat(job("job.yaml").getSpec().getTemplate().getMetadata().getLabels().values())
            .containsExactly(name.replace("steward-", ""));
    }

    /** What a node lacks is no 2, after which no other one is tried. */
    @Test
    void shouldLookAtTheNodeFirst() throws IOException {
        assertThat(job("job.yaml").getSpec().getTemplate().getSpec().getContainers().get(0).getCommand())
            .containsExactly("/bin/sh", "-c", "steward --version >/dev/null && [ -r /plan/fleet.json ] || exit 1; "
                + "exec steward --quiet sweep --task /plan $((JOB_COMPLETION_INDEX + 1))");
    }

    private static void check(String yaml) throws IOException {
        V1Job.validateJsonElement(tree(yaml));
    }

    private V1Job job(String name) throws IOException {
        return V1Job.fromJson(tree(text(name)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.yaml", "merge.yaml"})
    void shouldKeepThePublishedSchema(String name) throws IOException {
        assertThat(text(name)).doesNotContain("@{");
        assertThatCode(() -> check(text(name))).doesNotThrowAnyException();
    }

    /** The check is one: a field that is misspelt, or of another type, is refused wherever it stands. */
    @ParameterizedTest
    @CsvSource({"completions:, completion:", "podFailurePolicy:, podFailPolicy:", "onExitCodes:, onExitCode:",
        "topologyKey:, topologieKey:", "restartPolicy:, restart:", "claimName:, claim:",
        "'action: Ignore', 'actions: Ignore'"})
    void shouldRefuseAFieldThatTheSchemaDoesNotKnow(String right, String wrong) throws IOException {
        String yaml = text("job.yaml");
        assertThat(yaml).contains(right);

        assertThatThrownBy(() -> check(yaml.replace(right, wrong))).isInstanceOf(IllegalArgumentException.class);
    }

    /** One bad index must not eat the tries of the others, and a node that goes is nobody's fault. */
    @Test
    void shouldGiveEachIndexTriesOfItsOwn() throws IOException {
        V1Job job = job("job.yaml");

        assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
        assertThat(job.getSpec().getCompletions()).isEqualTo(5);
        assertThat(job.getSpec().getParallelism()).isEqualTo(3);
        assertThat(job.getSpec().getBackoffLimitPerIndex()).isEqualTo(2);
        assertThat(job.getSpec().getBackoffLimit()).isNull();
        assertThat(job.getSpec().getMaxFailedIndexes()).isNull();
        List<V1PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
        assertThat(rules).extracting(V1PodFailurePolicyRule::getAction).containsExactly("Ignore", "FailIndex");
        assertThat(rules.get(0).getOnPodConditions().get(0).getType()).isEqualTo("DisruptionTarget");
        assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(2);
        assertThat(rules.get(1).getOnExitCodes().getContainerName())
            .isEqualTo(job.getSpec().getTemplate().getSpec().getContainers().get(0).getName());
    }

    @Test
    void shouldAskForWholeCpusOnANodeWithoutAnotherTask() throws IOException {
        V1PodSpec pod = job("job.yaml").getSpec().getTemplate().getSpec();
        V1ResourceRequirements resources = pod.getContainers().get(0).getResources();

        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(resources.getLimits()).isEqualTo(resources.getRequests()).containsOnlyKeys("cpu", "memory");
        assertThat(resources.getLimits().get("cpu").toSuffixedString()).matches("[1-9]\\d*");
        assertThat(pod.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
            .singleElement().satisfies(term -> {
                assertThat(term.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                assertThat(term.getLabelSelector().getMatchLabels()).isEqualTo(
                    job("job.yaml").getSpec().getTemplate().getMetadata().getLabels());
            });
        assertThat(pod.getVolumes().get(0).getPersistentVolumeClaim().getClaimName()).isEqualTo("results");
    }

    @ParameterizedTest
    @CsvSource({"'a b', results, --image", "x, Results, --claim", "x, '', --claim", "-x, results, --image"})
    void shouldRefuseNamesThatKubernetesWould(String image, String claim, String option) {
        assertThatThrownBy(() -> new KubernetesFiles(image, claim)).isInstanceOf(ScenarioException.class)
            .hasMessageStartingWith(option);
    }
}
