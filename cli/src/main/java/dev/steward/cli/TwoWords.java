package dev.steward.cli;

import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The two words that an option takes. */
record TwoWords(String first, String second) {
    /** Takes them from the command line. */
    static final class Consumer implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> left, ArgSpec option, CommandSpec command) {
            if (left.size() < 2) {
                throw new ParameterException(command.commandLine(), ((OptionSpec) option).longestName()
                    + " takes two words: " + option.paramLabel());
            }
            option.setValue(new TwoWords(left.pop(), left.pop()));
        }
    }
}
