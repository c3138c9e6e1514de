package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who speaks on a line: {@code [TIME] arm-smmu-v3 DEVICE: CONTENT} of Linux or {@code SMMUv3: PATH: CONTENT} of Xen,
 * with anything in front. Immutable.
 *
 * @param start        index where the message begins: its time stamp, or else the driver.
 * @param isNamed      false if the line ends before the name is whole: {@code device} is then how it begins.
 */
record SmmuMessage(int start, Stamp stamp, String device, boolean isNamed, int contentStart) {
    /**
     * A colon ends the name at a blank, at the line's end or where the blank was lost; ACPI names hold others. A device
     * can be named after the driver, and then its own messages look like a driver and a device.
     */
    private static final Pattern SPEAKER = Pattern.compile("(?i:smmu(?:-v3|v3)):?(?:[ \t]+|$)(?!0x|event:)"
        + "(?:(?<device>\\S+?):(?=[ \t]|$|0x|event)|(?<start>\\S*)$)");

    /**
     * Finds the next message.
     *
     * @param line time of the line, for a message without one of its own.
     * @return null if there is none.
     */
    static SmmuMessage find(String text, int from, Stamp line) {
        Matcher speaker = null;
        for (int at = indexOfSmmu(text, from); at >= 0; at = indexOfSmmu(text, at + 1)) {
            speaker = speaker == null ? SPEAKER.matcher(text) : speaker;
            if (speaker.region(at, text.length()).lookingAt()) {
                return of(text, from, at, speaker, line);
            }
        }
        return null;
    }

    private static SmmuMessage of(String text, int from, int smmuAt, Matcher speaker, Stamp line) {
        Stamp.Place place = null;
        for (Stamp.Place next = Stamp.find(text, from, smmuAt); next != null;
            next = Stamp.find(text, next.end(), smmuAt)) {
            place = next.stamp().isKnown() ? next : place;
        }
        int start = place == null ? smmuAt : place.start();
        while (place == null && start > from
            && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '-')) {
            start--;
        }
        String device = speaker.group("device");
        return new SmmuMessage(
            start, place == null ? line : place.stamp(), device == null ? speaker.group("start") : device,
            device != null, speaker.end());
    }

    private static int indexOfSmmu(String text, int from) {
        int lower = text.indexOf("smmu", from);
        int upper = text.indexOf("SMMU", from);
        return lower < 0 || upper >= 0 && upper < lower ? upper : lower;
    }
}
