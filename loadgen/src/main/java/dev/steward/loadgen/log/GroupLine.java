package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Devices that enter and leave groups, as {@code drivers/iommu/iommu.c} prints them:
 * {@code DRIVER DEVICE: Adding to iommu group N}, up to Linux 5.0 {@code iommu: Adding device DEVICE to group N}. Pure
 * functions.
 */
final class GroupLine {
    private static final String GROUP = "iommu group ";
    /** The end of a line that goes on with the group, or with its number. */
    private static final Pattern CUT = Pattern.compile(":\\s+(?:Adding to|Removing from)(?:\\s+iommu(?:\\s+group)?)?$");
    /**
     * Kernels of about 4.15 to 4.17 on POWER say more behind it; a person ends the sentence, or the quote: words come
     * only behind a mark. A bracket and a digit would be another processor's time.
     */
    private static final String END =
        "\\d{1,18}(?:, default domain type \\S+)?[.,\\s]*(?:(?!\\[[\\s\\d])[^\\w\\s.,].*)?$";
    private static final Pattern NUMBER = Pattern.compile("\\s*" + END);
    private static final Pattern DRIVER = Pattern.compile("[A-Za-z][\\w.+-]*+$");
    private static final Pattern OLD_MOVE = Pattern.compile(
        "iommu: (?:(?<adding>Adding)|Removing) device (?<device>\\S+) (?:to|from) group " + END);
    private static final String ADDING = "Adding to";
    private static final String REMOVING = "Removing from";
    /** Other messages speak of groups, too, with words before; what is left of a cut one has none. */
    private static final int SENTENCE_WORDS = 5;

    private GroupLine() {
    }

    /** Reads a message, null if it is of another kind. */
    static Finding read(String message) {
        int at = message.indexOf(GROUP);
        if (at < 0) {
            return CUT.matcher(message).find() ? Finding.broken(LogKind.IOMMU_GROUP, TextState.CUT) : old(message);
        }
        String before = message.substring(0, at).stripTrailing();
        boolean isNumber = NUMBER.matcher(message).region(at + GROUP.length(), message.length()).matches();
        boolean adding = before.endsWith(ADDING);
        if (!adding && !before.endsWith(REMOVING)) {
            boolean rest = isNumber && (before.endsWith("to") || before.endsWith("from"))
                && before.split("\\s+").length < SENTENCE_WORDS;
            return rest ? Finding.broken(LogKind.IOMMU_GROUP, TextState.DAMAGED) : null;
        }
        String who = before.substring(0, before.length() - (adding ? ADDING : REMOVING).length()).stripTrailing();
        int deviceAt = who.lastIndexOf(' ') + 1;
        String driver = who.substring(0, deviceAt).stripTrailing();
        boolean whole = isNumber && who.endsWith(":") && who.length() > deviceAt + 1
            && DRIVER.matcher(driver.substring(driver.lastIndexOf(' ') + 1)).find();
        return whole ? move(adding, who.substring(deviceAt, who.length() - 1))
            : Finding.broken(LogKind.IOMMU_GROUP, TextState.DAMAGED);
    }

    private static Finding old(String message) {
        int at = message.indexOf("iommu: ");
        Matcher move = at < 0 ? null : OLD_MOVE.matcher(message).region(at, message.length());
        if (move == null) {
            return null;
        }
        boolean whole = move.lookingAt();
        return whole ? move(move.group("adding") != null, move.group("device"))
            : move.hitEnd() ? Finding.broken(LogKind.IOMMU_GROUP, TextState.CUT) : null;
    }

    private static Finding move(boolean adding, String device) {
        return Finding.churn(LogKind.IOMMU_GROUP, adding ? LogAction.ADD : LogAction.REMOVE, device, Stamp.NONE);
    }
}
