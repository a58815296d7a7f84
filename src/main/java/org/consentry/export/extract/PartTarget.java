package org.consentry.export.extract;

import java.nio.file.Path;
import org.consentry.connector.Sink;

/**
 * Where one part of a table goes in one format.
 *
 * @param sink the format
 * @param file the file to create; it must not exist
 */
public record PartTarget(Sink sink, Path file) {}
