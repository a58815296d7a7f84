package org.consentry.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small durable files with one record each, named by a word.
 *
 * @param folder the folder they are in
 * @param type of the record
 */
record SmallFile<T extends Record>(Path folder, Class<T> type) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ENDING = ".json";

  /** The record of a name; empty when there is none, or none that can be read. */
  Optional<T> find(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    Path file = file(name);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), type))
          : Optional.empty();
    } catch (IOException | JacksonException | NullPointerException damaged) {
      return Optional.empty();
    }
  }

  /** Whether there is a record of a name, be it damaged. */
  boolean isThere(String name) {
    return isName(name) && Files.exists(file(name));
  }

  /**
   * Writes the record of a name, in place of the one before.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void write(String name, T content) {
    try {
      DurableFiles.replace(file(name), JSON.writeValueAsString(content) + "\n");
    } catch (IOException refused) {
      throw ServiceFolder.refused(file(name), refused);
    }
  }

  /**
   * Removes the record of a name.
   *
   * @return whether there was one
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  boolean remove(String name) {
    try {
      boolean wasThere = Files.deleteIfExists(file(name));
      DurableFiles.sync(folder);
      return wasThere;
    } catch (IOException refused) {
      throw ServiceFolder.refused(file(name), refused);
    }
  }

  /**
   * Removes the oldest of some records.
   *
   * @param most how many of them stay
   * @param which of all records
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void keepNewest(int most, Predicate<T> which) {
    List<String> names = names();
    if (names.size() > most) {
      names.stream()
          .filter(name -> find(name).filter(which).isPresent())
          .sorted(
              Comparator.comparing((String name) -> file(name).toFile().lastModified()).reversed())
          .skip(most)
          .forEach(this::remove);
    }
  }

  /**
   * The names that have a record, sorted.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException refused) {
      throw ServiceFolder.refused(folder, refused);
    }
  }

  /** Whether a record can have a name; names of files that people give may be any. */
  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,150}");
  }

  private Path file(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a name of a file");
    }
    return folder.resolve(name + ENDING);
  }
}
