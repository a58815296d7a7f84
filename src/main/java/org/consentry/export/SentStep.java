package org.consentry.export;

import java.util.List;
import java.util.function.IntFunction;

/**
 * How other processes do the partitions of a step: {@link ClusterTask} makes the same partitions
 * there of what it is sent, and stores their results in staging.
 *
 * @param contents what a process needs
 * @param result reads what another process stored of a partition, by its position
 */
public record SentStep<R>(List<SentContent> contents, IntFunction<R> result) {

  public SentStep {
    contents = List.copyOf(contents);
  }
}
