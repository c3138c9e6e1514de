package dev.steward.loadgen.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Devices that enter and leave groups, as {@code drivers/iommu/iommu.c} prints them:
 * {@code DRIVER DEVICE: Adding to iommu group N}, up to Linux 5.0 {@code iommu: Adding device DEVICE to group N}. Pure
 * functions.
 */
final class GroupLine {
    private static final Pattern MOVE = Pattern.compile("(?<driver>[\\w.+-]*[A-Za-z][\\w.+-]*)\\s+(?<device>\\S+):\\s*"
        + "(?:(?<adding>Adding to)|Removing from)\\s*iommu group \\s*\\d{1,18}\\s*$");
    private static final Pattern OLD_MOVE = Pattern.compile(
        "iommu: (?:(?<adding>Adding)|Removing) device (?<device>\\S+) (?:to|from) group \\d{1,18}\\s*$");
    private static final Pattern REST = Pattern.compile(
        "(?:(?<verb>Adding to|Removing from)|to|from)\\s*iommu group (?<number>\\s*\\d{1,18}\\s*$)?");
    /** Other messages speak of groups, too, with words before; what is left of a cut one has none. */
    private static final Pattern SENTENCE = Pattern.compile("(?:\\S+\\s+){4}\\S+\\s*iommu group .*");

    private GroupLine() {
    }

    /** Reads a message, null if it is of another kind. */
    static Finding read(String message) {
        boolean named = message.contains("iommu group ");
        if (!named && !message.contains("iommu: ")) {
            return null;
        }
        Matcher move = (named ? MOVE : OLD_MOVE).matcher(message);
        if (move.find()) {
            return Finding.churn(LogKind.IOMMU_GROUP,
                move.group("adding") != null ? LogAction.ADD : LogAction.REMOVE, move.group("device"), Stamp.NONE);
        }
        Matcher rest = REST.matcher(message);
        boolean damaged = rest.find()
            && (rest.group("verb") != null || rest.group("number") != null && !SENTENCE.matcher(message).find());
        return damaged ? Finding.broken(LogKind.IOMMU_GROUP, TextState.DAMAGED) : null;
    }
}
