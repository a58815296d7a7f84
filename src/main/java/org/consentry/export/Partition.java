package org.consentry.export;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A piece of work that may be done on any thread: a split to extract, or a part to write.
 *
 * @param name unlike that of every other piece of the same step; table and number, nothing of a
 *     patient
 * @param earlier the result when the work was done before under the same decisions and still
 *     counts; asked first
 * @param begin begins the work; asked when there is no earlier result
 */
public record Partition<B, R extends PartitionResult>(
    String name, Supplier<Optional<R>> earlier, Supplier<PartitionWork<B, R>> begin) {}
