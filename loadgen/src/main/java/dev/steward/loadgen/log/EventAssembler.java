package dev.steward.loadgen.log;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts messages together to events, one open event per SMMU, and hands them on in the order of their first lines.
 * Memory stays bounded: an event that gets nothing for {@link #MAX_SILENT_LINES} lines is closed. Not thread-safe.
 *
 * <p>One interrupt thread prints for one SMMU, so the messages of one SMMU come in order, whatever lines of others lie
 * between: header, four words, decoded event line, decoded attribute line. What does not fit into that order is a loss
 * or a foreign dump, and puts the event into doubt.
 */
final class EventAssembler {
    /** Lines of others between two lines of one event, after which it is given up. (own) */
    static final int MAX_SILENT_LINES = 1000;

    private static final int WORDS_OF_A_COMMAND = 2;
    private static final int MAX_REMEMBERED_DEVICES = 4096;

    private final String file;
    private final Consumer<OpenEvent> events;
    private final Consumer<Diagnostic> diagnostics;
    private final ArrayDeque<OpenEvent> inOrder = new ArrayDeque<>();
    private final Map<String, OpenEvent> openByDevice = new HashMap<>();
    private final Map<String, Integer> commandWordsByDevice = new HashMap<>();
    private long completeEvents;
    private long incompleteEvents;
    private long overflows;

    EventAssembler(String file, Consumer<OpenEvent> events, Consumer<Diagnostic> diagnostics) {
        this.file = file;
        this.events = events;
        this.diagnostics = diagnostics;
    }

    boolean hasOpenEvents() {
        return !inOrder.isEmpty();
    }

    /** First line of the oldest open event, the largest number if there is none. */
    long oldestOpenLine() {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.peekFirst().line();
    }

    long completeEvents() {
        return completeEvents;
    }

    long incompleteEvents() {
        return incompleteEvents;
    }

    long overflows() {
        return overflows;
    }

    /** Takes one message; who says it is not named if the text ends before. */
    void onMessage(long line, SmmuMessage from, Message message, boolean truncated) {
        if (!from.isNamed()) {
            onLostMessage(line, from.device());
            return;
        }
        switch (message.kind()) {
            case HEADER:
                onHeader(line, from, message);
                break;
            case WORD:
                onWord(line, from, message.word());
                break;
            case EVENT:
                onEventText(line, from, message.event(), truncated);
                break;
            case ATTRIBUTES:
                onAttributes(line, from, message.attributes(), truncated);
                break;
            case OVERFLOW:
                overflows++;
                break;
            case COMMAND:
                onCommand(line, from.device());
                break;
            default:
                break;
        }
        drain();
    }

    /** Tells how far the log was read; gives up events that have been silent for long. */
    void onProgress(long line) {
        OpenEvent eldest = inOrder.peekFirst();
        if (eldest != null && line - eldest.lastLine() > MAX_SILENT_LINES) {
            close(eldest);
            drain();
        }
    }

    /** The log goes on somewhere else, or ends: nothing that is open can go on. */
    void onGap() {
        for (OpenEvent event : inOrder) {
            close(event);
        }
        commandWordsByDevice.clear();
        drain();
    }

    /** A line that breaks off inside the name may be a word of any event that still wants one. */
    private void onLostMessage(long line, String startOfName) {
        for (OpenEvent event : inOrder) {
            if (!event.isClosed() && event.hasRaw() && !event.hasAllWords() && event.device().startsWith(startOfName)) {
                doubt(event, line, "a line that may be one of its words breaks off");
            }
        }
    }

    private void onHeader(long line, SmmuMessage from, Message message) {
        closeOpen(from.device());
        OpenEvent event = open(new OpenEvent(file, line, from, true, message.id()));
        if (message.id() != null && message.state() != TextState.WHOLE) {
            event.note("header without \"received\"");
            diagnose(line, "header without \"received\"");
        }
        if (commandWordsByDevice.remove(from.device()) != null) {
            doubt(event, line, "a command of the same SMMU is printed between its lines");
        }
    }

    private void onWord(long line, SmmuMessage from, Long word) {
        OpenEvent event = openByDevice.get(from.device());
        if (event != null && event.hasRaw() && !event.isNear(from)) {
            doubt(event, line, "the clock says that this word is of another event");
            closeOpen(from.device());
            event = null;
        }
        if (isWordOfCommand(from.device(), event)) {
            return;
        }
        if (event != null && event.hasAllWords() && event.text() == null) {
            doubt(event, line, "a fifth word follows: a line is lost");
            closeOpen(from.device());
            event = null;
        }
        if (event == null || event.text() != null) {
            closeOpen(from.device());
            event = open(new OpenEvent(file, line, from, false, null));
        }
        event.addWord(line, from, word);
        if (word == null) {
            doubt(event, line, "word " + (event.wordCount() - 1) + " does not have 16 hex digits");
        }
        if (event.hasAllWords() && event.hasHeader() && !event.idsAgree()) {
            doubt(event, line, String.format(
                "word 0 has id 0x%02x, the header 0x%02x", event.words()[0] & 0xff, event.headerId()));
        }
    }

    private void onEventText(long line, SmmuMessage from, EventText text, boolean truncated) {
        OpenEvent event = openByDevice.get(from.device());
        boolean follows = event != null && event.text() == null && (event.hasHeader() || event.hasAllWords());
        if (follows && !(event.mayBe(text) && event.isNear(from))) {
            doubt(event, line, "the decoded line that follows is of another event");
        }
        if (!follows || !(event.mayBe(text) && event.isNear(from))) {
            closeOpen(from.device());
            event = open(new OpenEvent(file, line, from, false, null));
            if (follows) {
                event.doubt("does not belong to the raw words before it");
            }
        }
        event.addText(line, from, text);
        if (text.state() != TextState.WHOLE || truncated) {
            noteOrDoubt(event, line, "decoded event line is not whole");
        }
        String difference = CrossCheck.ofEvent(event.words(), text.fields());
        if (difference != null) {
            doubt(event, line, difference);
        }
        if (!event.wantsAttributes()) {
            closeOpen(from.device());
        }
    }

    private void onAttributes(long line, SmmuMessage from, AttributeText attributes, boolean truncated) {
        OpenEvent event = openByDevice.get(from.device());
        if (event != null && event.text() == null && event.hasAllWords()) {
            event.note("attribute line without its event line");
            diagnose(line, "attribute line without its event line");
        } else if (event == null || event.text() == null || !event.isNear(from)) {
            closeOpen(from.device());
            event = open(new OpenEvent(file, line, from, false, null));
            doubt(event, line, "attribute line without its event line");
        }
        event.addAttributes(line, from, attributes);
        if (attributes.state() != TextState.WHOLE || truncated) {
            noteOrDoubt(event, line, "decoded attribute line is not whole");
        }
        String difference = CrossCheck.ofAttributes(event.words()[1], attributes.fields());
        if (difference != null) {
            doubt(event, line, difference);
        }
        closeOpen(from.device());
    }

    /** The error interrupt prints a header line and the two words of a command, perhaps in the middle of an event. */
    private void onCommand(long line, String device) {
        OpenEvent event = openByDevice.get(device);
        if (event != null && event.hasRaw() && !event.hasAllWords()) {
            doubt(event, line, "a command of the same SMMU is printed between its lines");
            closeOpen(device);
        }
        if (commandWordsByDevice.size() >= MAX_REMEMBERED_DEVICES) {
            commandWordsByDevice.clear();
        }
        commandWordsByDevice.put(device, WORDS_OF_A_COMMAND);
    }

    private boolean isWordOfCommand(String device, OpenEvent event) {
        Integer left = commandWordsByDevice.get(device);
        if (left == null || event != null && !event.hasAllWords()) {
            return false;
        }
        if (left == 1) {
            commandWordsByDevice.remove(device);
        } else {
            commandWordsByDevice.put(device, left - 1);
        }
        return true;
    }

    private OpenEvent open(OpenEvent event) {
        openByDevice.put(event.device(), event);
        inOrder.addLast(event);
        return event;
    }

    private void closeOpen(String device) {
        OpenEvent event = openByDevice.get(device);
        if (event != null) {
            close(event);
        }
    }

    private void close(OpenEvent event) {
        if (event.isClosed()) {
            return;
        }
        event.close();
        openByDevice.remove(event.device());
        if (event.hasRaw() && !event.hasAllWords()) {
            doubt(event, event.line(), "only " + event.wordCount() + " of 4 words");
        } else if (event.wantsAttributes() && event.attributes() == null) {
            noteOrDoubt(event, event.line(), "attribute line is missing");
        }
        if (event.hasRaw() && event.headerId() == null) {
            String problem = event.hasHeader() ? "header without a readable event id" : "words without a header";
            if (event.isNamedByText()) {
                event.note(problem);
                diagnose(event.line(), problem);
            } else {
                doubt(event, event.line(), problem);
            }
        }
        if (!event.hasRaw() && event.text() != null) {
            if (event.text().id() == null) {
                doubt(event, event.line(), "the name of the event stands for no id");
            } else if (!event.text().isPlausible()) {
                doubt(event, event.line(), "the IPA is not the address of a page");
            }
        }
    }

    private void drain() {
        OpenEvent event = inOrder.peekFirst();
        while (event != null && event.isClosed()) {
            inOrder.removeFirst();
            if (event.isCertain()) {
                completeEvents++;
            } else {
                incompleteEvents++;
            }
            events.accept(event);
            event = inOrder.peekFirst();
        }
    }

    private void noteOrDoubt(OpenEvent event, long line, String problem) {
        if (event.hasRaw()) {
            event.note(problem);
            diagnose(line, problem);
        } else {
            doubt(event, line, problem);
        }
    }

    private void doubt(OpenEvent event, long line, String problem) {
        event.doubt(problem);
        diagnose(line, problem);
    }

    private void diagnose(long line, String message) {
        diagnostics.accept(new Diagnostic(file, line, message));
    }
}
