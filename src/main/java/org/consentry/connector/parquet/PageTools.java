package org.consentry.connector.parquet;

/**
 * What the columns of one file share while they make pages, one after the other.
 *
 * @param layout where pages and row groups end
 * @param compression how the file is compressed
 * @param compressor does so
 * @param room for the page being made
 */
record PageTools(
    PageLayout layout, Compression compression, PageCompressor compressor, PageRoom room) {}
