package org.consentry.risk;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * Solves two equations in two unknowns by Newton's method with halved steps. The equations are
 * scaled: far from a solution they are about one.
 */
final class Newton {

  private static final int MOST_STEPS = 200;
  private static final double EXACT = 1e-14;
  private static final double SMALL = 1e-6;

  /** What may be left of either equation at a solution; rounding leaves less. */
  private static final double LEFT = 1e-9;

  private Newton() {}

  /** A solution. */
  record Point(double x, double y) {}

  /** Both values at a point, and their derivatives by x and y. */
  record Equations(double f, double g, double fx, double fy, double gx, double gy) {

    /** Derivatives by differences. */
    static Equations differentiated(
        DoubleBinaryOperator f, DoubleBinaryOperator g, double x, double y) {
      double h = SMALL;
      return new Equations(
          f.applyAsDouble(x, y),
          g.applyAsDouble(x, y),
          (f.applyAsDouble(x + h, y) - f.applyAsDouble(x - h, y)) / (2 * h),
          (f.applyAsDouble(x, y + h) - f.applyAsDouble(x, y - h)) / (2 * h),
          (g.applyAsDouble(x + h, y) - g.applyAsDouble(x - h, y)) / (2 * h),
          (g.applyAsDouble(x, y + h) - g.applyAsDouble(x, y - h)) / (2 * h));
    }

    private double error() {
      return Math.hypot(f, g);
    }
  }

  /** Two functions of two numbers. */
  interface Problem {
    Equations at(double x, double y);
  }

  /** A solution near the start; empty when none is found. */
  static Optional<Point> solve(Problem problem, double startX, double startY) {
    double x = startX;
    double y = startY;
    Equations here = problem.at(x, y);
    for (int step = 0; step < MOST_STEPS; step++) {
      double determinant = here.fx * here.gy - here.fy * here.gx;
      double dx = (here.f * here.gy - here.g * here.fy) / determinant;
      double dy = (here.g * here.fx - here.f * here.gx) / determinant;
      if (!Double.isFinite(dx) || !Double.isFinite(dy)) {
        return Optional.empty();
      }
      double part = 1;
      Equations next = problem.at(x - dx, y - dy);
      while (!(next.error() < here.error()) && part > SMALL) {
        part /= 2;
        next = problem.at(x - part * dx, y - part * dy);
      }
      boolean isStill = Math.abs(dx) <= EXACT * Math.abs(x) && Math.abs(dy) <= EXACT * Math.abs(y);
      if (isStill || !(next.error() < here.error())) {
        return here.error() < LEFT ? Optional.of(new Point(x, y)) : Optional.empty();
      }
      x -= part * dx;
      y -= part * dy;
      here = next;
    }
    return here.error() < LEFT ? Optional.of(new Point(x, y)) : Optional.empty();
  }
}
