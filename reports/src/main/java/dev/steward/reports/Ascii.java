package dev.steward.reports;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings any text of a result folder into lines of printable ASCII: a terminal must not act on what a file says, and a
 * mail must arrive as it was sent.
 */
final class Ascii {
    /** Characters that people type and that have a plain counterpart: Greek mu, dashes, quotation marks. */
    private static final String TYPED = "\u03bc\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019\u201c\u201d\u00d7";
    private static final String PLAIN = "u------''\"\"x";

    /** Between words, but not between a number and its unit. */
    private static final String BREAK = " +(?!(?:%|[num]?s)(?![A-Za-z0-9]))";

    private Ascii() {
    }

    /** One line of printable ASCII. */
    static String clean(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(character -> {
            if (character >= ' ' && character < 0x7f) {
                ascii.append((char) character);
            } else if (character < ' ' || character == 0x7f) {
                ascii.append(' ');
            } else if (TYPED.indexOf(character) >= 0) {
                ascii.append(PLAIN.charAt(TYPED.indexOf(character)));
            } else if (Character.getType(character) != Character.NON_SPACING_MARK) {
                ascii.append('?');
            }
        });
        return ascii.toString();
    }

    /** Breaks a text at spaces; a word longer than a line is cut. */
    static List<String> wrap(String text, String first, String indent, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : clean(text).trim().split(BREAK)) {
            String rest = word;
            if (!empty && line.length() + 1 + rest.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            if (!empty) {
                line.append(' ');
            }
            while (line.length() + rest.length() > width) {
                int cut = width - line.length();
                lines.add(line + rest.substring(0, cut));
                rest = rest.substring(cut);
                line = new StringBuilder(indent);
            }
            line.append(rest);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /**
     * Breaks a shell command so that the lines can be pasted back: behind a backslash, at spaces outside quotes. An
     * argument longer than a line stays whole.
     */
    static List<String> wrapCommand(String command, String indent, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        boolean empty = true;
        for (String word : arguments(clean(command).trim())) {
            if (!empty && line.length() + 1 + word.length() + 2 > width) {
                lines.add(line + " \\");
                line = new StringBuilder(indent).append("    ");
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> arguments(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char character : command.toCharArray()) {
            if (quote == 0 && character == ' ') {
                words.add(word.toString());
                word = new StringBuilder();
                continue;
            }
            if (character == quote) {
                quote = 0;
            } else if (quote == 0 && (character == '\'' || character == '"')) {
                quote = character;
            }
            word.append(character);
        }
        words.add(word.toString());
        words.removeIf(String::isEmpty);
        return words;
    }
}
