package dev.steward.reports.read;

import dev.steward.results.CellHistograms;
import java.util.List;

/**
 * A planned cell without usable data, or with only a part of it. Immutable.
 *
 * @param kind     why there is none
 * @param reasons  in words, with the file's name where a file is damaged
 * @param part     what its log holds before the damage, null if nothing; never to be added to whole cells
 */
public record MissingCell(
    String id, String strategy, String path, CellLoss kind, List<String> reasons, CellHistograms part) {
}
