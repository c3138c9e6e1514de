package dev.steward.cli;

import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the scenarios, or every setting that a scenario may have. */
@Command(
    name = "scenarios",
    description = "List the scenarios, or with --keys every setting with its default and range.")
final class ScenariosCommand extends SuiteCommand {
    @Option(names = "--keys", description = "List the settings: key, default, allowed values, meaning.")
    private boolean keys;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (json.wanted()) {
            printJson(keys ? ScenariosDocument.ofKeys() : ScenariosDocument.ofScenarios());
            return ExitCode.OK;
        }
        PrintWriter out = out();
        if (keys) {
            out.println("# the value where a scenario says nothing; 'compare' alone runs scenarios/default.yaml");
            String group = "";
            for (ScenarioKey key : ScenarioKey.values()) {
                String of = key.key().contains(".") ? key.key().substring(0, key.key().indexOf('.')) : "";
                out.print(of.equals(group) ? "" : System.lineSeparator());
                group = of;
                out.printf("%s = %s%n    %s%n    allowed: %s%n",
                    key.key(), key.defaultValue(), key.meaning(), key.allowed());
            }
        } else {
            for (String name : ScenarioChoice.names()) {
                Scenario scenario = ScenarioChoice.load(name).build();
                out.printf("%-16s %s%s%n", name, scenario.text(ScenarioKey.DESCRIPTION),
                    scenario.guestsShareContext() ? " (stress: no VMM can do it)" : "");
            }
        }
        out.flush();
        return ExitCode.OK;
    }
}
