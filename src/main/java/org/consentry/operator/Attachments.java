package org.consentry.operator;

import java.util.Optional;

/**
 * Gives operators the small files a mapping refers to: lists, recode tables, hierarchies. The
 * implementation reads them; operators receive text.
 */
public interface Attachments {

  /** No file can be read. */
  Attachments NONE = name -> Optional.empty();

  /**
   * Reads a file.
   *
   * @param relativeName the name as the mapping writes it, relative to the mapping's folder
   * @return the file, or empty when there is none of that name or it is no UTF-8 text
   */
  Optional<Attachment> read(String relativeName);

  /**
   * A file as it was read.
   *
   * @param name the name as the mapping writes it
   * @param text the content, decoded strictly as UTF-8, without a byte order mark
   * @param sha256 digest of the file's bytes, 64 lower-case hexadecimal digits
   */
  record Attachment(String name, String text, String sha256) {}
}
