package org.consentry.connector.parquet;

/**
 * What the columns of one file share while they make pages, one after the other.
 *
 * @param layout where pages and row groups end
 * @param compression how the file is compressed
 * @param compressor does so
 * @param body room for the page or dictionary being made; its content does not matter
 */
record PageTools(
    PageLayout layout, Compression compression, PageCompressor compressor, GrowingBytes body) {}
