package dev.steward.loadgen.workload;

/**
 * Several arrivals at each instant of a process, dealt out over several threads in turn.
 *
 * <p>All threads draw the same instants, from processes of their own with the same seed; of an instant's arrivals each
 * takes every n-th. The turn goes on from one instant to the next, so that neither at an instant nor in the long run
 * two threads differ by more than one. Dealing out also keeps the law of the whole, which independent processes of a
 * lower rate would not: bursts and heavy tails wash out when they are added up.
 *
 * <p>Threading: one thread. Does not allocate.
 */
public final class DealtArrivals implements ArrivalProcess {
    private final ArrivalProcess instants;
    private final int atOnce;
    private final int part;
    private final int parts;
    /** Thread whose turn it is at the next instant. */
    private int turn;
    private long nowNs;
    private int left;

    /** Makes the share of one thread, 0 to parts - 1, with so many arrivals at each instant, 1 or more. */
    public DealtArrivals(ArrivalProcess instants, int atOnce, int part, int parts) {
        this.instants = instants;
        this.atOnce = atOnce;
        this.part = part;
        this.parts = parts;
    }

    @Override
    public long nextNs() {
        while (left == 0) {
            nowNs = instants.nextNs();
            int afterTurn = Math.floorMod(part - turn, parts);
            left = afterTurn < atOnce ? (atOnce - afterTurn - 1) / parts + 1 : 0;
            turn = (turn + atOnce % parts) % parts;
        }
        left--;
        return nowNs;
    }
}
