package org.consentry.export;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A piece of work that may be done on any thread: a split to extract, or a part to write.
 *
 * @param name unlike that of every other piece of the same step; table and number, nothing of a
 *     patient
 * @param begin begins the work; empty when it was done before under the same decisions and still
 *     counts
 */
public record Partition(String name, Supplier<Optional<PartitionWork>> begin) {}
