package dev.steward.engine.smmu;

/**
 * What the attach path of an SMMU did.
 *
 * @param commits    changes of an attachment that the guard was told, one for all streams of a device.
 * @param syncs      CFGI_STE + CMD_SYNC pairs.
 * @param hitless    updates of an entry without an invalid phase.
 * @param disruptive updates of an entry through V = 0.
 */
public record AttachStatistics(long commits, long syncs, long hitless, long disruptive) {
}
