package org.consentry.connector.fhir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.consentry.connector.Split;
import org.consentry.problem.Place;

/**
 * A file of resources of one type, one on each line. The files of a type follow each other: their
 * bytes and lines are counted through all of them.
 *
 * @param path the file
 * @param start position of its first byte
 * @param size its bytes when it was found
 * @param problems what can be wrong with it
 */
record ResourceFile(Path path, long start, long size, FhirProblems problems) {

  private static final int CHUNK = 1 << 18;

  long end() {
    return start + size;
  }

  /**
   * The files of a type of resource in a folder, by name: {@code Patient.ndjson}, {@code
   * Patient.000.ndjson}, {@code Patient-2.ndjson} or {@code 1.Patient.ndjson}.
   *
   * @param shown the folder as messages show it
   */
  static List<ResourceFile> find(Path folder, String shown, String type) {
    Pattern name =
        Pattern.compile("(?:\\d+[._-])?" + Pattern.quote(type) + "(?:[._-]\\d+)?\\.ndjson");
    List<ResourceFile> files = new ArrayList<>();
    FhirProblems ofFolder = new FhirProblems(shown);
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found =
          all.filter(file -> name.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
      long start = 0;
      for (Path file : found) {
        FhirProblems problems = new FhirProblems(Place.name(file));
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
          throw problems.unreadable();
        }
        files.add(new ResourceFile(file, start, Files.size(file), problems));
        start += Files.size(file);
      }
    } catch (IOException unreadable) {
      throw ofFolder.unreadable();
    }
    return files;
  }

  /**
   * The files of a folder that have a word in their names, in any case of letters.
   *
   * @param shown the folder as messages show it
   */
  static Stream<Path> named(Path folder, String shown, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    try (Stream<Path> all = Files.list(folder)) {
      return all
          .filter(file -> !Files.isDirectory(file))
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).contains(lower))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new FhirProblems(shown).unreadable();
    }
  }

  /**
   * Cuts the file after line ends.
   *
   * @param target size after which the next line end is a cut
   * @param line number of the file's first line
   * @param into receives the splits
   * @return number of the line after the file
   */
  long cut(String table, long target, long line, List<Split> into) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    CRC32C crc = new CRC32C();
    long position = 0;
    long from = 0;
    long firstLine = line;
    long next = line;
    byte last = '\n';
    try (FileChannel channel = open()) {
      while (position < size) {
        chunk.clear();
        int count = channel.read(chunk, position);
        if (count < 0) {
          throw problems.changed();
        }
        byte[] bytes = chunk.array();
        int at = 0;
        while (at < count) {
          long enough = Math.max(at, from + target - 1 - position);
          int begin = (int) Math.min(count, enough);
          int feed = LineFeeds.next(bytes, begin, count);
          int end = Math.min(count, feed + 1);
          next += LineFeeds.count(bytes, at, end);
          crc.update(bytes, at, end - at);
          at = end;
          if (feed < count) {
            into.add(split(table, into.size(), from, position + at, firstLine, crc));
            from = position + at;
            firstLine = next;
          }
        }
        position += count;
        last = bytes[count - 1];
      }
    } catch (IOException failed) {
      throw problems.interrupted(failed);
    }
    if (from < size) {
      into.add(split(table, into.size(), from, size, firstLine, crc));
    }
    return last == '\n' ? next : next + 1;
  }

  private Split split(String table, int number, long from, long to, long firstLine, CRC32C crc) {
    int digest = (int) crc.getValue();
    crc.reset();
    return Split.ofBytes(table, number, start + from, start + to, firstLine, digest);
  }

  /** Opens the file, which must have the size that it had. */
  FileChannel open() {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (channel.size() != size) {
        channel.close();
        throw problems.changed();
      }
      return channel;
    } catch (IOException unreadable) {
      throw problems.unreadable();
    }
  }
}
