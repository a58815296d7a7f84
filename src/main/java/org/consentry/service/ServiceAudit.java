package org.consentry.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.consentry.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who did what in the service and who was refused, one JSON object a line, on the disk before the
 * answer. Safe for any number of threads and processes.
 *
 * <p><b>Security promise:</b> a line has names of persons of the clinic, addresses, pages and runs;
 * nothing that a person typed beside these, and nothing of a patient.
 */
final class ServiceAudit {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Supplier<Instant> clock;

  ServiceAudit(Path file, Supplier<Instant> clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * An act.
   *
   * @param who name of the person; empty before sign-in
   * @param from address that the request came from
   * @param act what was asked for
   * @param about a run or a job; empty when it is about none
   * @param result how it was answered
   */
  record Act(String who, String from, String act, String about, String result) {}

  /**
   * Writes a line.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  synchronized void write(Act act) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", clock.get().toString());
    line.put("who", act.who());
    line.put("from", act.from());
    line.put("act", act.act());
    line.put("about", act.about());
    line.put("result", act.result());
    ByteBuffer bytes =
        ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException refused) {
      throw ServiceFolder.refused(file, refused);
    }
  }
}
