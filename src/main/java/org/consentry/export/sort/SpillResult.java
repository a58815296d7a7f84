package org.consentry.export.sort;

/**
 * What vouches for the spill file of a split.
 *
 * @param rows rows in it
 * @param bytes its size
 * @param check CRC-32C over the index of its segments, which has one for each of them
 * @param bounds digest of the ranges that it was cut by; of no meaning without rows
 */
public record SpillResult(long rows, long bytes, int check, int bounds) {}
