package org.consentry.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;

/** A release folder on the disk. Never follows a link. */
final class ReleaseFiles {

  static final String MANIFEST = "manifest.json";
  static final String MANIFEST_SIGNATURE = "manifest.json.sig";
  static final String MANIFEST_PAGE = "manifest.html";
  static final String SUMS = "SHA256SUMS";
  static final String SUMS_SIGNATURE = "SHA256SUMS.sig";
  static final String SIGNERS = "allowed_signers";
  static final String PACKAGE = "datapackage.json";

  /** More files than this are no release of ours; the walk stops. */
  static final int MAX_FILES = 100_000;

  /** What a walk found, by path with parts joined by {@code /}. */
  static final class Listing {
    /** Sizes of plain files. */
    final SortedMap<String, Long> files = new TreeMap<>();

    /** Links, devices, pipes and what could not be read. */
    final SortedSet<String> others = new TreeSet<>();
  }

  private ReleaseFiles() {}

  static Listing list(Path folder) throws IOException {
    Listing listing = new Listing();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = nameOf(folder, file);
            if (attributes.isRegularFile()) {
              listing.files.put(name, attributes.size());
            } else {
              listing.others.add(name);
            }
            return goOn();
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            listing.others.add(nameOf(folder, file));
            return goOn();
          }

          private FileVisitResult goOn() {
            boolean full = listing.files.size() + listing.others.size() > MAX_FILES;
            return full ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }
        });
    return listing;
  }

  private static String nameOf(Path folder, Path file) {
    StringBuilder name = new StringBuilder();
    for (Path part : folder.relativize(file)) {
      name.append(name.length() == 0 ? "" : "/").append(part);
    }
    return name.toString();
  }

  /** Writes a file, new or not, and waits until its content is on the disk. */
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.writeFully(channel, ByteBuffer.wrap(content));
      channel.force(true);
    }
  }

  /** Reads a small file. */
  static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("longer than allowed");
      }
      return bytes;
    }
  }

  /** Digests a file; every block read is shown to the observer first. */
  static String sha256(Path file, Observer observer) throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        observer.see(block, read);
        digest.update(block, 0, read);
      }
    }
    return Sha256.hex(digest);
  }

  /** Sees the bytes of a file as they pass. */
  interface Observer {
    void see(byte[] block, int length);
  }
}
