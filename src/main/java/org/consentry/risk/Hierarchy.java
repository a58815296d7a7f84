package org.consentry.risk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Levels of generalization of the values of one column. Level 0 has the values themselves; each
 * level joins nodes of the level below; values and nodes are numbers from 0 on.
 */
public final class Hierarchy {

  private final int[][] nodes;
  private final int[] sizes;
  private final int[][] leaves;
  private final int[][] parents;

  /**
   * A hierarchy.
   *
   * @param nodes by level and value, the node the value is in; level 0 is {@code 0, 1, 2, ...}
   * @throws IllegalArgumentException when two values are together at a level and apart at a higher
   *     one, or nodes are not numbered from 0 on without a gap
   */
  public Hierarchy(int[][] nodes) {
    this.nodes = Arrays.stream(nodes).map(int[]::clone).toArray(int[][]::new);
    this.sizes = new int[nodes.length];
    this.leaves = new int[nodes.length][];
    this.parents = new int[nodes.length - 1][];
    for (int level = 0; level < nodes.length; level++) {
      sizes[level] = Arrays.stream(nodes[level]).max().orElse(-1) + 1;
      leaves[level] = new int[sizes[level]];
      for (int node : nodes[level]) {
        leaves[level][node]++;
      }
      requireNoGap(leaves[level]);
      if (level > 0) {
        parents[level - 1] = parents(nodes[level - 1], nodes[level], sizes[level - 1]);
      }
    }
    if (!Arrays.equals(nodes[0], identity(nodes[0].length))) {
      throw new IllegalArgumentException("level 0 has the values themselves");
    }
  }

  /**
   * The hierarchy of values whose coarser levels are named.
   *
   * @param labels by value, its coarser levels, as many for each; a label is of its level alone
   */
  static Hierarchy ofLabels(List<List<String>> labels) {
    int height = labels.stream().mapToInt(List::size).max().orElse(0);
    int[][] nodes = new int[height + 1][];
    nodes[0] = identity(labels.size());
    for (int level = 0; level < height; level++) {
      int above = level;
      Map<String, Integer> numbers = new HashMap<>();
      nodes[level + 1] =
          labels.stream()
              .mapToInt(
                  of ->
                      Objects.requireNonNull(
                          numbers.computeIfAbsent(of.get(above), label -> numbers.size())))
              .toArray();
    }
    return new Hierarchy(nodes);
  }

  private static int[] identity(int length) {
    int[] identity = new int[length];
    Arrays.setAll(identity, i -> i);
    return identity;
  }

  private static void requireNoGap(int[] counts) {
    if (Arrays.stream(counts).anyMatch(count -> count == 0)) {
      throw new IllegalArgumentException("nodes are numbered without a gap");
    }
  }

  /** By node of the level below, the node of this level that it is in. */
  private static int[] parents(int[] below, int[] above, int size) {
    int[] parents = new int[size];
    Arrays.fill(parents, -1);
    for (int value = 0; value < above.length; value++) {
      int earlier = parents[below[value]];
      if (earlier >= 0 && earlier != above[value]) {
        throw new IllegalArgumentException("values that are together stay together");
      }
      parents[below[value]] = above[value];
    }
    return parents;
  }

  /** The highest level. */
  public int height() {
    return nodes.length - 1;
  }

  /** The number of nodes of a level. */
  public int size(int level) {
    return sizes[level];
  }

  /** The node of a level that a value is in. */
  public int node(int level, int value) {
    return nodes[level][value];
  }

  /** How many values are in a node. */
  public int leaves(int level, int node) {
    return leaves[level][node];
  }

  /** The node one level up; the level is below the height. */
  int parent(int level, int node) {
    return parents[level][node];
  }
}
