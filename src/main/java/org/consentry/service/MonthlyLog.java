package org.consentry.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.problem.ProblemException;

/**
 * Lines that are only ever added, in a file for each month, such as {@code audit-2026-11.jsonl}: no
 * file is renamed, replaced or removed, so that neither a crash nor another process loses a line. A
 * month that has passed gets a line only when a clock is set back. The month is that of UTC.
 *
 * @param folder the folder of the files
 * @param name how their names begin
 */
record MonthlyLog(Path folder, String name) {

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Adds a line, which is on the disk then. It begins on a line of its own also after one that a
   * crash cut off.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  void add(Instant moment, String line) {
    Path file = folder.resolve(name + "-" + MONTH.format(moment) + ".jsonl");
    try {
      boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      String text = (isNew || endsWithALine(file) ? "" : "\n") + line + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        DurableFiles.writeFully(channel, bytes);
        channel.force(isNew);
      }
      if (isNew) {
        DurableFiles.sync(folder);
      }
    } catch (IOException refused) {
      throw ServiceFolder.refused(file, refused);
    }
  }

  private static boolean endsWithALine(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      long size = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      return size == 0 || (channel.read(last, size - 1) == 1 && last.get(0) == '\n');
    }
  }

  /**
   * The newest lines, the newest first.
   *
   * @param mostBytes how much is read of all files
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  List<String> newest(int mostBytes) {
    List<String> lines = new ArrayList<>();
    int left = mostBytes;
    try {
      for (Path file : files()) {
        byte[] tail = tail(file, left);
        left -= tail.length;
        List<String> ofFile = new ArrayList<>();
        new String(tail, StandardCharsets.UTF_8).lines().forEach(ofFile::add);
        Collections.reverse(ofFile);
        lines.addAll(ofFile);
        if (left <= 0) {
          break;
        }
      }
    } catch (IOException refused) {
      throw ServiceFolder.refused(folder, refused);
    }
    return lines;
  }

  /** The files, that of the newest month first. */
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern names = Pattern.compile(Pattern.quote(name) + "-\\d{4}-\\d{2}\\.jsonl");
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> names.matcher(String.valueOf(file.getFileName())).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static byte[] tail(Path file, int most) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - most);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, channel.size()));
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = channel.read(bytes, from + bytes.position());
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}
