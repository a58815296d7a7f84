package org.consentry.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.data.Sha256;
import org.consentry.operator.Attachments;

/**
 * Reads the lists, recode tables and hierarchies a mapping refers to, each once, and remembers
 * their digests. Not thread-safe.
 */
public final class Lists implements Attachments {

  private static final long MAX_BYTES = 64L << 20;

  private final Path folder;
  private final Map<String, Optional<Attachment>> read = new HashMap<>();

  /**
   * Reads lists relative to a folder.
   *
   * @param folder the folder of the mapping file
   */
  public Lists(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Attachment> read(String relativeName) {
    return read.computeIfAbsent(relativeName, this::load);
  }

  /** Digests of what was read, {@code sha256:...} by name. */
  SortedMap<String, String> digests() {
    SortedMap<String, String> digests = new TreeMap<>();
    read.forEach(
        (name, list) -> list.ifPresent(found -> digests.put(name, "sha256:" + found.sha256())));
    return digests;
  }

  /** The digest of a file that is not read as text, such as a signed document. */
  Optional<String> digest(String relativeName) {
    try {
      Path file = folder.resolve(relativeName);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      return Optional.of("sha256:" + Sha256.hex(Files.readAllBytes(file)));
    } catch (IOException | InvalidPathException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<Attachment> load(String name) {
    try {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return Optional.of(new Attachment(name, plain, Sha256.hex(bytes)));
    } catch (CharacterCodingException | InvalidPathException unusable) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
