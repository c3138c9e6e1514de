package dev.steward.strategy.torture;

import dev.steward.engine.smmu.Attachment;
import dev.steward.engine.smmu.AttachmentGuard;
import dev.steward.engine.smmu.GracePeriodListener;
import dev.steward.engine.smmu.GuardContext;
import dev.steward.engine.smmu.GuardStatistics;
import dev.steward.engine.stream.StreamTable;
import dev.steward.strategy.Family;
import dev.steward.strategy.Quiescence;
import dev.steward.strategy.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Readers and committers over a few streams whose attachments can be checked by themselves: the virtual StreamID is the
 * number of the commit on its stream, scrambled, and the vIOMMU follows from stream and commit. A stream is attached to
 * a new vIOMMU, to the one it has with another virtual StreamID, to nothing, to the same as before the detach, and to
 * what it is attached to already.
 *
 * <p>Violations: <b>torn</b>, a snapshot that no commit ever made; <b>stale</b>, an attachment whose successor's commit
 * had returned before the read began; <b>late</b>, a report still in the sink when the commit that replaces its
 * vIOMMU has returned (invariant I2); <b>lost</b>, an event answered as not attached although no commit that may
 * have been in force had detached the stream, or not handed to the sink although the answer says so, or whose answer is
 * not the sink's; <b>doubled</b>, one handed to the sink twice, or by another thread, or after its report has returned.
 * Late is looked for from both ends: the reader looks when it leaves the sink, the committer looks at what each reader
 * announces it is in. For it, a guard whose attach is deferred is judged by the return of a synchronize.
 *
 * <p>Each stream is a register with one writer, so that the answers can be held against a sequential model while the
 * threads run: a read that began when commit number n had returned, or when another read had ended with n, may answer
 * with n or one that had begun when it ended, and which that is bounds all reads to come. An answer older than n is
 * stale, one of a commit that had not begun is torn, "not attached" where no commit between the two detached is lost.
 *
 * <p>Threading: {@link #start} and {@link #stop} by one thread; {@link #tally} by any, also meanwhile.
 */
public final class GuardTorture implements AutoCloseable {
    /** Streams of the table, all with a master. */
    public static final int STREAMS = 256;

    /** Attaches each stream before the threads start. */
    static final int FIRST_COMMIT = 1;

    /** The commits of a stream come in rounds: which vIOMMU of its round each attaches to, or which it leaves. */
    private static final int[] VIOMMU_OF_ROUND = {0, 1, 1, 1, 2, 3, 3, 4};
    private static final int VIOMMUS_OF_ROUND = 5;
    private static final int DETACH_OF_ROUND = 2;
    /** Odd, thus invertible: its inverse is found by Newton's method. */
    private static final int SCRAMBLE = 0x9e37_79b9;
    private static final int UNSCRAMBLE = inverse(SCRAMBLE);

    private static final int STRIDE = 16;
    private static final long JOIN_LIMIT_MS = 30_000;

    final TortureSettings settings;
    final AttachmentGuard guard;
    final boolean deferred;
    volatile boolean stopping;

    private final StreamTable table;
    /** Per stream: all commits up to this one are replaced, and their readers have been waited for. */
    private final AtomicLongArray retired = new AtomicLongArray(STREAMS * STRIDE);
    /** Per reader: the commit in whose report it is, plus 1 (upper half), and the stream. */
    private final AtomicLongArray inReport;
    /** Per stream: twice the number of its last commit that returned; one less while that commit is under way. */
    private final AtomicLongArray settled = new AtomicLongArray(STREAMS * STRIDE);
    private final boolean oneReader;
    /** Per stream, and per reader where each stands alone: the newest commit that a read has answered with. */
    private final AtomicLongArray answered;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<TortureHand> hands = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Makes a guard and a table for it.
     *
     * @param deferred whether only a synchronize says that a replaced attachment is out of reach.
     */
    public GuardTorture(Function<GuardContext, AttachmentGuard> strategy, boolean deferred, TortureSettings settings) {
        this(strategy, deferred, false, settings);
    }

    private GuardTorture(Function<GuardContext, AttachmentGuard> strategy, boolean deferred, boolean oneReader,
        TortureSettings settings) {
        this.settings = settings;
        this.oneReader = oneReader;
        answered = new AtomicLongArray((oneReader ? readers() : 1) * STREAMS * STRIDE);
        this.deferred = deferred;
        inReport = new AtomicLongArray(readers() * STRIDE);
        table = StreamTable.linear(Integer.numberOfTrailingZeros(STREAMS));
        guard = Objects.requireNonNull(
            strategy.apply(new GuardContext(table, readers(), GracePeriodListener.NONE)),
            "the strategy has made no guard, but null");
    }

    /**
     * Makes a guard of a strategy, which is held to what its description says. One for a single reader, as an SMMU has,
     * may tell another one earlier of the same commit.
     */
    public static GuardTorture of(Strategy strategy, TortureSettings settings) {
        return new GuardTorture(strategy::create, strategy.description().quiescence() == Quiescence.AT_DESTROY,
            strategy.description().family() == Family.SINGLE_READER, settings);
    }

    /** Starts the threads. Once. */
    public void start() {
        for (int streamId = 0; streamId < STREAMS; streamId++) {
            guard.commit(streamId, Attachment.NOT_ATTACHED);
        }
        // The others have no vIOMMU of their own; one that another stream holds is not destroyed, so nobody need wait.
        for (int i = 0; i < settings.hotStreams(); i++) {
            int streamId = streamId(i);
            long attachment =
                Attachment.of(viommuId(streamId, FIRST_COMMIT), virtualStreamId(streamId, FIRST_COMMIT));
            guard.vdeviceSet(streamId, attachment);
            guard.commit(streamId, attachment);
            commitReturned(streamId, FIRST_COMMIT);
        }
        for (int i = 0; i < settings.committers(); i++) {
            hands.add(new TortureCommitter(this, i));
        }
        for (int i = 0; i < settings.readers(); i++) {
            hands.add(new TortureReader(this, i));
        }
        for (TortureHand hand : hands) {
            Thread thread = new Thread(() -> runCatching(hand), "torture");
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void runCatching(TortureHand hand) {
        settings.disturber().begins();
        try {
            hand.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            settings.disturber().ends();
        }
    }

    /**
     * Waits a little while the threads run.
     *
     * @param milliseconds 1 or more.
     * @return false if a thread has failed, so that it makes no sense to go on.
     * @throws InterruptedException if interrupted.
     */
    public boolean await(long milliseconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.timedJoin(threads.get(0), milliseconds);
        return failure.get() == null;
    }

    /**
     * Stops the threads and waits for them.
     *
     * @throws InterruptedException  if interrupted.
     * @throws IllegalStateException if a thread failed, or hangs.
     */
    public void stop() throws InterruptedException {
        stop(JOIN_LIMIT_MS);
    }

    void stop(long joinLimitMs) throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join(joinLimitMs);
            if (thread.isAlive()) {
                throw new IllegalStateException("a thread of the torture hangs in " + place(thread));
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a thread of the torture failed: " + failure.get(), failure.get());
        }
    }

    /** Where it is in code that is not of the Java library. */
    private static String place(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).map(StackTraceElement::toString)
            .filter(frame -> !frame.startsWith("java.")).findFirst().orElse("the Java library");
    }

    /** Whether each committer has committed and each reader has reported at least once. */
    public boolean allWorked() {
        return hands.stream().allMatch(TortureHand::hasWorked);
    }

    /** Committers read, too. */
    private int readers() {
        return settings.readers() + settings.committers();
    }

    /** Where hardly any stream is being committed, so that nearly each event has to reach the sink. */
    boolean manyStreams() {
        return settings.hotStreams() == STREAMS;
    }

    /** What was done and seen so far. */
    public TortureTally tally() {
        return hands.stream().map(TortureHand::tally)
            .reduce(TortureTally.NONE, TortureTally::plus);
    }

    /** Whether the torture has been told to stop, or has stopped itself at a broken promise. */
    public boolean stopping() {
        return stopping;
    }

    /** The last operations of all threads by their ends, once they have stopped; empty without a history. */
    public List<TortureStep> history() {
        return hands.stream().flatMap(TortureHand::steps).sorted(Comparator.comparingLong(TortureStep::endNs)).toList();
    }

    /** What the guard had to do. */
    public GuardStatistics statistics() {
        return guard.statistics();
    }

    /** Frees guard and table, unless a thread hangs, which would go on in memory that is no longer theirs. */
    @Override
    public void close() {
        if (threads.stream().anyMatch(Thread::isAlive)) {
            return;
        }
        guard.close();
        table.close();
    }

    private static int inverse(int odd) {
        int inverse = odd;
        for (int bits = 3; bits < Integer.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** A bijection per stream, so that no two commits on a stream, and hardly those of two streams, agree. */
    static int virtualStreamId(int streamId, int commit) {
        return commit * SCRAMBLE ^ scrambled(streamId);
    }

    /** Which commit on its stream made this virtual StreamID; anything, if none did. */
    static int commitOf(int streamId, int virtualStreamId) {
        return (virtualStreamId ^ scrambled(streamId)) * UNSCRAMBLE;
    }

    private static int scrambled(int streamId) {
        int mixed = streamId * 0x85eb_ca6b + 0x27d4_eb2f;
        return mixed ^ mixed >>> 15;
    }

    /** A vIOMMU belongs to one hot stream; never 0. */
    int viommuId(int streamId, int commit) {
        int round = VIOMMU_OF_ROUND.length;
        int number = commit / round * VIOMMUS_OF_ROUND + VIOMMU_OF_ROUND[commit % round];
        return (number + 1) * settings.hotStreams() + streamId / (STREAMS / settings.hotStreams());
    }

    /** The detaches: these commits on a stream attach it to nothing. */
    static boolean detaches(int commit) {
        return commit % VIOMMU_OF_ROUND.length == DETACH_OF_ROUND;
    }

    /** Whether a commit that has begun attached the stream so. */
    boolean made(int streamId, int viommuId, int virtualStreamId) {
        int commit = commitOf(streamId, virtualStreamId);
        return commit > 0 && commit <= newest(streamId) && !detaches(commit)
            && viommuId == viommuId(streamId, commit);
    }

    /** Hot streams lie as far apart as they can, thus on different pages. */
    int streamId(int number) {
        return number * (STREAMS / settings.hotStreams());
    }

    long retired(int streamId) {
        return retired.get(streamId * STRIDE);
    }

    void retire(int streamId, long upToCommit) {
        retired.set(streamId * STRIDE, upToCommit);
    }

    private long settled(int streamId) {
        return settled.get(streamId * STRIDE);
    }

    void commitBegins(int streamId, int commit) {
        settled.set(streamId * STRIDE, 2L * commit - 1);
    }

    void commitReturned(int streamId, int commit) {
        settled.set(streamId * STRIDE, 2L * commit);
    }

    /** The oldest commit that a read of the stream may answer with if it begins now. */
    int oldest(int reader, int streamId) {
        return (int) Math.max(settled(streamId) >> 1, answered.get(answeredAt(reader, streamId)));
    }

    /** The newest commit that a read of the stream may answer with if it ends now. */
    int newest(int streamId) {
        return (int) (settled(streamId) + 1 >> 1);
    }

    /** A read has answered with this commit: none that begins from now on may answer with an older one. */
    void answered(int reader, int streamId, int commit) {
        int at = answeredAt(reader, streamId);
        long before = answered.get(at);
        while (before < commit && !answered.compareAndSet(at, before, commit)) {
            before = answered.get(at);
        }
    }

    private int answeredAt(int reader, int streamId) {
        return ((oneReader ? reader : 0) * STREAMS + streamId) * STRIDE;
    }

    /** The oldest detach that is not older than a commit. */
    static int nextDetach(int commit) {
        return commit + Math.floorMod(DETACH_OF_ROUND - commit, VIOMMU_OF_ROUND.length);
    }

    void enterReport(int reader, int streamId, int commit) {
        inReport.set(reader * STRIDE, commit + 1L << 32 | streamId);
    }

    /** Whatever waits for this report also waits for this, since the reader tells the guard after it. */
    void leaveReport(int reader) {
        inReport.setRelease(reader * STRIDE, 0);
    }

    /** Readers that are in a report of this stream for a vIOMMU that this commit has replaced. */
    int reportsBefore(int streamId, int commit) {
        int count = 0;
        for (int reader = 0; reader < readers(); reader++) {
            long announced = inReport.get(reader * STRIDE);
            if (announced != 0 && (int) announced == streamId
                && isReplaced(streamId, (int) ((announced >>> 32) - 1), commit)) {
                count++;
            }
        }
        return count;
    }

    /** Whether a commit attached the stream to a vIOMMU that a later commit took from it. */
    boolean isReplaced(int streamId, int commit, int by) {
        return commit < by && (detaches(by) || viommuId(streamId, commit) != viommuId(streamId, by));
    }
}
