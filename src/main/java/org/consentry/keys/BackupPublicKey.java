package org.consentry.keys;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What a backup is encrypted for: the public half of a {@link BackupKey}, as age writes it. It
 * opens nothing, so that it may be in a schedule on the machine that makes backups.
 *
 * @param text {@code age1} and 58 letters and digits
 */
public record BackupPublicKey(String text) {

  /**
   * Reads a public key.
   *
   * @throws ProblemException category USAGE when it is none
   */
  public static BackupPublicKey parse(String text, Place place) {
    try {
      X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
      return new BackupPublicKey(text);
    } catch (GeneralSecurityException | RuntimeException none) {
      throw ProblemException.of(
          Category.USAGE,
          "BACKUP_PUBLIC_KEY",
          place,
          "expected a public key of age: age1 and 58 letters and digits",
          "consentry keys new backup FILE makes a key, consentry keys show backup FILE shows its"
              + " public key; if a secret key was here, replace it");
    }
  }

  /**
   * Reads the public key of who receives a release.
   *
   * @throws ProblemException category USAGE when it is none
   */
  public static BackupPublicKey ofRecipient(String text, Place place) {
    try {
      return parse(text, place);
    } catch (ProblemException none) {
      throw ProblemException.of(
          Category.USAGE,
          "RECIPIENT_KEY",
          place,
          "expected a public key of age: age1 and 58 letters and digits" + found(text),
          "the recipient makes one by age-keygen and keeps its secret part; for OpenPGP, encrypt"
              + " the release folder by gpg --encrypt and note it by consentry confirm");
    }
  }

  /** Which other key a text is, without a letter of it. */
  private static String found(String text) {
    if (text.matches("(?s)\\s*(ssh|ecdsa|sk)-.*")) {
      return "; an SSH key is none";
    }
    if (text.contains("PGP") || text.matches("(0x)?[0-9A-Fa-f ]{16,60}")) {
      return "; an OpenPGP key is none";
    }
    if (text.contains(BackupKey.NAME)) {
      return " but found the secret part of one, which must be replaced now";
    }
    return text.matches("age1[a-z]+1.*") ? "; keys of other kinds and of plugins are none" : "";
  }

  /**
   * Encrypts for several keys, each of which opens the file alone, in the format
   * age-encryption.org/v1. The file is complete when the stream is closed.
   *
   * @param out receives the file; it is flushed, not closed, when the stream is closed
   */
  public static OutputStream encrypt(List<BackupPublicKey> keys, OutputStream out)
      throws IOException {
    try {
      List<RecipientStanzaWriter> writers = new ArrayList<>();
      for (BackupPublicKey key : keys) {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key.text()));
      }
      return Channels.newOutputStream(
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(new Unclosed(out)), writers));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java from 11 on has X25519 and ChaCha20-Poly1305");
    }
  }

  /** The key, which is public. */
  @Override
  public String toString() {
    return text;
  }

  /** The end of the encryption is not the end of the file, which is still flushed to the disk. */
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
