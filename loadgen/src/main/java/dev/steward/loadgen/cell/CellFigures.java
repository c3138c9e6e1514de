package dev.steward.loadgen.cell;

import dev.steward.engine.event.EventQueue;
import dev.steward.engine.iommufd.FaultQueue;
import dev.steward.engine.smmu.EventOutcome;
import dev.steward.loadgen.guest.GuestFigures;
import dev.steward.loadgen.guest.GuestViommu;
import dev.steward.loadgen.load.ChurnLoad;
import dev.steward.loadgen.load.InvalidationArray;
import dev.steward.loadgen.load.InvalidationLoad;
import dev.steward.loadgen.load.SmmuSetup;
import dev.steward.loadgen.load.StormLoad;
import dev.steward.loadgen.oracle.DeliveryLedger;
import dev.steward.loadgen.oracle.DeliveryWindow;
import dev.steward.loadgen.oracle.Oracle;
import dev.steward.loadgen.oracle.OracleCount;
import dev.steward.loadgen.record.IntervalRecorder;
import dev.steward.loadgen.record.LoadProgress;
import dev.steward.loadgen.scenario.Scenario;
import dev.steward.loadgen.scenario.ScenarioKey;
import dev.steward.results.CellRecord;
import dev.steward.results.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Adds up what the threads of a cell counted. Only after all of them have ended.
 */
final class CellFigures {
    private static final double NS_PER_SECOND = 1e9;

    private final Cell cell;

    CellFigures(Cell cell) {
        this.cell = cell;
    }

    /** Where every generated event went; the balance is what cannot be accounted for. */
    CellRecord.Ledger ledger() {
        long generated = cell.storms().stream().mapToLong(storm -> storm.progress().generated()).sum() - cell.refused();
        long lostAtRing = cell.beds().stream().mapToLong(bed -> bed.smmu().eventQueue().discarded()).sum();
        long inRing = cell.beds().stream().map(bed -> bed.smmu().eventQueue())
            .mapToLong(queue -> queue.produced() - queue.consumed() + queue.held()).sum();
        long delivered = cell.vmm().delivered();
        long merged = cell.beds().stream().mapToLong(bed -> bed.smmu().eventQueue().merged()).sum();
        long discarded = cell.beds().stream()
            .mapToLong(bed -> bed.slices().stream().mapToLong(GuestViommu::discarded).sum()).sum();
        long stillQueued = inRing + cell.unread();
        // A driver prints both: the event belongs to no guest at that moment.
        long unattached = of(EventOutcome.UNATTACHED) + of(EventOutcome.NO_VDEVICE);
        long misreported = of(EventOutcome.NO_VEVENTQ) + of(EventOutcome.DESTROYED_VIOMMU);
        long balance = generated - delivered - lostAtRing - of(EventOutcome.LOST_IN_VEVENTQ)
            - unattached - of(EventOutcome.UNKNOWN_STREAM) - of(EventOutcome.NOT_FORWARDED)
            - of(EventOutcome.STALL_QUEUED) - stallsAborted()
            - misreported - merged - discarded - stillQueued;
        return new CellRecord.Ledger(
            generated,
            delivered,
            lostAtRing,
            of(EventOutcome.LOST_IN_VEVENTQ),
            unattached,
            of(EventOutcome.UNKNOWN_STREAM),
            of(EventOutcome.NOT_FORWARDED),
            of(EventOutcome.STALL_QUEUED),
            stallsAborted(),
            misreported,
            merged,
            discarded,
            stillQueued,
            balance);
    }

    private long stallsAborted() {
        return of(EventOutcome.STALL_ABORTED) + of(EventOutcome.STALL_UNATTACHED);
    }

    private long of(EventOutcome outcome) {
        return cell.beds().stream().mapToLong(bed -> bed.smmu().ledger().of(outcome)).sum();
    }

    List<CellRecord.Oracle> oracles(long balance) {
        List<OracleCount> counts = new ArrayList<>();
        cell.beds().forEach(bed -> counts.addAll(bed.eventOracles().counts()));
        cell.churns().forEach(churn -> counts.add(churn.late()));
        cell.beds().forEach(bed -> counts.add(bed.reportsAcrossDestroy(cell.window().measureToNs())));
        cell.beds().forEach(bed -> bed.slices().forEach(slice -> counts.add(slice.pins())));
        cell.queues().all().forEach(queue -> counts.addAll(List.of(queue.gaps(), queue.depth())));
        cell.views().forEach(view -> counts.add(view.mixes()));
        cell.beds().forEach(bed -> counts.add(ringAccount(bed)));
        cell.stalled().forEach(stalled -> counts.add(stalled.resumedOnce(cell.window().measureToNs())));
        counts.add(cell.faults().answeredOnce());
        counts.add(cell.faults().fence());
        OracleCount conservation = new OracleCount(Oracle.CONSERVATION);
        conservation.checked();
        if (balance != 0) {
            conservation.violated(cell.window().measureToNs());
        }
        counts.add(conservation);
        List<CellRecord.Oracle> results = new ArrayList<>();
        for (Oracle oracle : Oracle.values()) {
            results.add(sum(oracle, counts.stream().filter(count -> count.oracle() == oracle).toList()));
        }
        return results;
    }

    /** A handler that has ended leaves nothing behind, and an overflow is flagged once until it is acknowledged. */
    private OracleCount ringAccount(SmmuSetup bed) {
        OracleCount account = new OracleCount(Oracle.RING_ACCOUNT);
        EventQueue queue = bed.smmu().eventQueue();
        if (queue.produced() > 0) {
            long acknowledged = cell.handlers().get(cell.beds().indexOf(bed)).overflowsSeen();
            account.checked();
            if (!adds(queue.produced(), queue.consumed(), queue.overflows(), acknowledged, queue.discarded())) {
                account.violated(cell.window().measureToNs());
            }
        }
        return account;
    }

    static boolean adds(long produced, long consumed, long overflows, long acknowledged, long discarded) {
        return produced == consumed && overflows == acknowledged && overflows <= discarded
            && (overflows > 0 || discarded == 0);
    }

    /** Each handler and each attach thread, for how evenly they were served. */
    List<CellRecord.ThreadShare> threads() {
        List<CellRecord.ThreadShare> threads = new ArrayList<>();
        threads.addAll(threads("handler", Tags.EVENT_ENQUEUE));
        threads.addAll(threads("attach", Tags.ATTACH));
        return threads;
    }

    private List<CellRecord.ThreadShare> threads(String role, String tag) {
        List<CellRecord.ThreadShare> threads = new ArrayList<>();
        for (IntervalRecorder recorder : cell.recorders().all()) {
            if (recorder.tag().equals(tag)) {
                Histogram whole =
                    new Histogram(1, IntervalRecorder.MAX_VALUE_NS, IntervalRecorder.SIGNIFICANT_DIGITS);
                Arrays.stream(recorder.intervals()).forEach(whole::add);
                threads.add(new CellRecord.ThreadShare(
                    role, threads.size(), whole.getTotalCount(), whole.getMean(), whole.getMaxValue()));
            }
        }
        return threads;
    }

    /** Where the events went, compared with their causes. */
    CellRecord.Deliveries deliveries() {
        List<DeliveryLedger> ledgers = cell.beds().stream().map(bed -> bed.eventOracles().deliveries()).toList();
        List<CellRecord.WindowCount> windows = Arrays.stream(DeliveryWindow.values())
            .map(window -> new CellRecord.WindowCount(
                window.name(),
                sum(ledgers, ledger -> ledger.of(window, DeliveryLedger.Fate.SAME_GUEST)),
                sum(ledgers, ledger -> ledger.of(window, DeliveryLedger.Fate.CROSS_GUEST)),
                sum(ledgers, ledger -> ledger.of(window, DeliveryLedger.Fate.LOST))
                    + (window == DeliveryWindow.W8 ? stalls().answeredAutomatically() : 0),
                ledgers.stream().mapToLong(ledger -> ledger.oldestNs(window)).max().orElse(0),
                window.meaning()))
            .toList();
        return new CellRecord.Deliveries(
            sum(ledgers, DeliveryLedger::right), sum(ledgers, DeliveryLedger::unprovoked), windows);
    }

    /** What became of the stalled faults. */
    CellRecord.Stalls stalls() {
        List<FaultQueue> queues = cell.faultQueues().all();
        return new CellRecord.Stalls(
            of(EventOutcome.STALL_QUEUED),
            queues.stream().mapToLong(FaultQueue::answered).sum(),
            queues.stream().mapToLong(FaultQueue::answeredAutomatically).sum(),
            cell.faults().tooLate(),
            stallsAborted(),
            cell.refused());
    }

    private static long sum(List<DeliveryLedger> ledgers, ToLongFunction<DeliveryLedger> figure) {
        return ledgers.stream().mapToLong(figure).sum();
    }

    /** Figures of each guest over all SMMUs; empty if there are too many guests. */
    List<CellRecord.Guest> guests() {
        List<CellRecord.Guest> guests = new ArrayList<>();
        for (int number = 0; number < cell.guests().get(0).guests(); number++) {
            int guest = number;
            guests.add(new CellRecord.Guest(
                guest,
                ofGuest(figures -> figures.offered(guest)),
                ofGuest(figures -> figures.delivered(guest)),
                ofGuest(figures -> figures.lost(guest)),
                ofGuest(figures -> figures.lostAtRing(guest)),
                ofGuest(figures -> figures.merged(guest)),
                ofGuest(figures -> figures.refused(guest))));
        }
        return guests;
    }

    private long ofGuest(ToLongFunction<GuestFigures> figure) {
        return cell.guests().stream().mapToLong(figure).sum();
    }

    private CellRecord.Oracle sum(Oracle oracle, List<OracleCount> counts) {
        long first = counts.stream().mapToLong(OracleCount::firstAtNs).min().orElse(OracleCount.NEVER);
        return new CellRecord.Oracle(
            oracle.label(),
            counts.stream().mapToLong(OracleCount::violations).sum(),
            counts.stream().mapToLong(OracleCount::checks).sum(),
            first == OracleCount.NEVER ? null : Math.max(0, (first - cell.window().startNs()) / 1_000_000),
            oracle.meaning());
    }

    List<CellRecord.Rate> rates() {
        Scenario scenario = cell.scenario();
        List<CellRecord.Rate> rates = new ArrayList<>();
        rates.add(rate(
            "storm",
            cell.workloads().replaysStorm(),
            scenario.ratePerSecond(ScenarioKey.STORM_RATE),
            cell.storms().stream().map(StormLoad::progress).toList()));
        if (!cell.churns().isEmpty()) {
            boolean replayed = cell.workloads().replaysChurn();
            CellRecord.Rate churn = rate(
                "churn",
                replayed,
                scenario.ratePerSecond(ScenarioKey.CHURN_RATE),
                cell.churns().stream().map(ChurnLoad::progress).toList());
            // A log may attach nothing for a while; that is its load and no fault of the cell.
            if (!replayed || churn.scheduled() > 0) {
                rates.add(churn);
            }
        }
        if (!cell.invalidations().isEmpty()) {
            rates.add(inCommands(
                rate(
                    "invalidation",
                    false,
                    scenario.ratePerSecond(ScenarioKey.INVALIDATION_RATE),
                    cell.invalidations().stream().map(InvalidationLoad::progress).toList()),
                scenario.count(ScenarioKey.INVALIDATION_BATCH)));
        }
        return rates;
    }

    /** The thread counts batches. */
    private static CellRecord.Rate inCommands(CellRecord.Rate rate, int batch) {
        return new CellRecord.Rate(
            rate.load(), rate.targetPerSecond(), batch * rate.achievedPerSecond(), batch * rate.scheduled(),
            batch * rate.done());
    }

    /** What the guests invalidated; null without such a load. */
    CellRecord.Invalidations invalidations() {
        List<InvalidationArray> arrays = cell.invalidations().stream().map(InvalidationLoad::array).toList();
        return arrays.isEmpty() ? null : new CellRecord.Invalidations(
            arrays.stream().mapToLong(InvalidationArray::issued).sum(),
            arrays.stream().mapToLong(InvalidationArray::missed).sum(),
            arrays.stream().mapToLong(InvalidationArray::syncs).sum());
    }

    /** The target of a replay is what its logs offer in the window. */
    private CellRecord.Rate rate(String load, boolean replayed, double perSmmu, List<LoadProgress> threads) {
        long done = threads.stream().mapToLong(LoadProgress::done).sum();
        long scheduled = threads.stream().mapToLong(LoadProgress::scheduled).sum();
        double seconds = cell.window().lengthNs() / NS_PER_SECOND;
        double target = replayed ? scheduled / seconds : perSmmu * cell.beds().size();
        return new CellRecord.Rate(load, target, done / seconds, scheduled, done);
    }

    /** Share of the measured window in which every load thread was running. */
    double threadOverlap() {
        long from = cell.window().measureFromNs();
        long to = cell.window().measureToNs();
        List<LoadProgress> all = new ArrayList<>();
        cell.storms().forEach(storm -> all.add(storm.progress()));
        cell.churns().forEach(churn -> all.add(churn.progress()));
        cell.invalidations().forEach(load -> all.add(load.progress()));
        all.add(cell.vmm().progress());
        for (LoadProgress progress : all) {
            from = Math.max(from, progress.firstActiveNs());
            to = Math.min(to, progress.lastActiveNs());
        }
        return Math.max(0, (double) (to - from) / cell.window().lengthNs());
    }
}
