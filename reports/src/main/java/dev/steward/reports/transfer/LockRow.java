package dev.steward.reports.transfer;

import dev.steward.reports.statistics.Ratio;
import dev.steward.results.LockFigure;

/**
 * One lock under one load. Immutable.
 *
 * @param c           its figure in C; null if there is none
 * @param jvm         in a JVM; null if there is none
 * @param kernel      in the kernel; null if there is none
 * @param cByFloor    times the floor in C, null without figure or floor; so are the next three
 * @param jvmByFloor  times the floor in a JVM
 * @param cByMutex    times the mutex in C
 * @param jvmByMutex  times the mutex in a JVM
 * @param beyondFloor JVM over C once its floor is taken off either; NaN where that leaves next to nothing
 */
public record LockRow(
    String name, LockFigure c, LockFigure jvm, LockFigure kernel, Ratio cByFloor, Ratio jvmByFloor, Ratio cByMutex,
    Ratio jvmByMutex, double beyondFloor) {
    boolean inBoth() {
        return c != null && jvm != null;
    }
}
