package dev.steward.engine.stream;

/**
 * What a stage-1 entry says about the context descriptor (CD) table of a device. Values are checked when the entry is
 * built.
 *
 * @param cdTableAddress physical address, 52 bits, aligned to 64 bytes.
 * @param cdMax          log2 of the number of CDs, 0 to 31.
 * @param format         one of the {@code STE_0_S1FMT_...} values.
 * @param defaultSsid    one of the {@code STE_1_S1DSS_...} values.
 * @param stallDisabled  stage 1 may not stall.
 * @param el2            translation regime of EL2 rather than of EL1.
 */
record Stage1Configuration(
    long cdTableAddress, int cdMax, int format, int defaultSsid, boolean stallDisabled, boolean el2) {
}
