package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.problem.Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path of the command line; an address is refused, and no word of it is shown. */
final class PathWord implements ITypeConverter<Path> {

  @Override
  public Path convert(String text) {
    Path path = Path.of(text);
    if (Address.is(text) && !Files.exists(path)) {
      throw new TypeConversionException("expected a path but found an address");
    }
    return path;
  }

  /** Any path: who reads it refuses an address. */
  static final class Any implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
      return Path.of(text);
    }
  }
}
