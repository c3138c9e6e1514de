package dev.steward.reports.guide;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * How much each measured point counts at a place between them, for points that lie anywhere: a linear trend in every
 * coordinate, and what it leaves by radial basis functions of the distance itself. That is universal kriging with a
 * linear variogram (J. Sacks et al., Design and Analysis of Computer Experiments, Statistical Science 4, 1989): exact
 * at the points and for whatever is linear, without a parameter to fit. The weights do not depend on what was measured,
 * so the ratio of two strategies is interpolated as either of them.
 */
final class Surface {
    private final double[][] points;
    /** Coordinates in which the points differ, so that there is a trend. */
    private final int[] moving;
    private final RealMatrix inverse;

    Surface(List<double[]> places) {
        points = places.toArray(double[][]::new);
        moving = IntStream.range(0, points[0].length).filter(
            axis -> Arrays.stream(points).mapToDouble(point -> point[axis]).distinct().count() > 1).toArray();
        int size = points.length + 1 + moving.length;
        RealMatrix system = new Array2DRowRealMatrix(size, size);
        for (int i = 0; i < points.length; i++) {
            double[] row = row(points[i]);
            system.setRow(i, row);
            for (int j = points.length; j < size; j++) {
                system.setEntry(j, i, row[j]);
            }
        }
        // Points that lie in a plane leave the trend open across it; the least one is taken.
        inverse = new SingularValueDecomposition(system).getSolver().getInverse();
    }

    /** Distances to all points, then the terms of the trend. */
    private double[] row(double[] place) {
        double[] row = new double[points.length + 1 + moving.length];
        for (int i = 0; i < points.length; i++) {
            row[i] = distance(place, points[i]);
        }
        row[points.length] = 1;
        for (int j = 0; j < moving.length; j++) {
            row[points.length + 1 + j] = place[moving[j]];
        }
        return row;
    }

    static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int axis = 0; axis < one.length; axis++) {
            sum += (one[axis] - other[axis]) * (one[axis] - other[axis]);
        }
        return Math.sqrt(sum);
    }

    /** One weight for each point, in their order; together 1. */
    double[] weights(double[] place) {
        for (int i = 0; i < points.length; i++) {
            if (Arrays.equals(points[i], place)) {
                double[] only = new double[points.length];
                only[i] = 1;
                return only;
            }
        }
        return Arrays.copyOf(inverse.preMultiply(row(place)), points.length);
    }
}
