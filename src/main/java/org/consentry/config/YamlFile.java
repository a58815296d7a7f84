package org.consentry.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.consentry.config.yaml.YamlReader;
import org.consentry.data.Sha256;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * A YAML file that was read strictly: one UTF-8 document of at most 1 MiB whose top is a mapping,
 * in the core schema of YAML 1.2, without duplicate keys, anchors, aliases, tags, merge keys or
 * tabs.
 *
 * @param name how messages name the file
 * @param sha256 64 lower-case hexadecimal digits over exactly the bytes that were read
 * @param root its content
 */
public record YamlFile(String name, String sha256, Node.Mapping root) {

  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String REMEDY_UTF8 = "save the file as UTF-8";

  /**
   * Reads a file.
   *
   * @param name how messages name the file
   * @return empty when there was at least one problem, which then is in {@code problems}
   */
  public static Optional<YamlFile> read(Path file, String name, Problems problems) {
    return bytes(file, name, problems).flatMap(bytes -> parse(bytes, name, problems));
  }

  /**
   * Reads as much of a file as can be read, so that people find all its mistakes in one round.
   *
   * @param name how messages name the file
   * @return empty when nothing of it can be read; whether all of it was, {@code problems} show
   */
  public static Optional<YamlFile> readPartly(Path file, String name, Problems problems) {
    return bytes(file, name, problems)
        .flatMap(
            bytes ->
                decode(bytes, name, problems)
                    .flatMap(text -> new YamlReader(name, problems).readPartly(text))
                    .map(root -> new YamlFile(name, Sha256.hex(bytes), root)));
  }

  private static Optional<byte[]> bytes(Path file, String name, Problems problems) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        tooLarge(name, problems);
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException absent) {
      problems.error("NO_SUCH_FILE", Place.of(name), "there is no such file", "check the path");
      return Optional.empty();
    } catch (IOException unreadable) {
      problems.error(
          "FILE_UNREADABLE",
          Place.of(name),
          "the file cannot be read",
          "check that it is a file and that you may read it");
      return Optional.empty();
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param name how messages name the file
   * @return empty when there was at least one problem, which then is in {@code problems}
   */
  public static Optional<YamlFile> parse(byte[] bytes, String name, Problems problems) {
    if (bytes.length > MAX_BYTES) {
      tooLarge(name, problems);
      return Optional.empty();
    }
    return decode(bytes, name, problems)
        .flatMap(text -> new YamlReader(name, problems).read(text))
        .map(root -> new YamlFile(name, Sha256.hex(bytes), root));
  }

  private static void tooLarge(String name, Problems problems) {
    problems.error(
        "FILE_TOO_LARGE",
        Place.of(name),
        "the file is larger than 1 MiB",
        "keep data in list files and name them here");
  }

  private static Optional<String> decode(byte[] bytes, String name, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(in)
              .toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException malformed) {
      long line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      problems.error("NOT_UTF8", Place.of(name, line), "the line is not UTF-8", REMEDY_UTF8);
      return Optional.empty();
    }
  }
}
