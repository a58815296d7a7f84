package org.consentry.export.scan;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.Finding.Evidence;

/**
 * Searches one file by what it is: CSV, Parquet, text, or a compressed file of those. What it is
 * follows from its first bytes; the name decides only between CSV and other text. For one thread.
 */
final class FileSearch {

  /** A compressed file that becomes longer than this is not searched further. */
  static final long MOST_UNPACKED = 4L << 30;

  private static final int HEAD = 8192;

  /** Bytes of the record that ends a zip file, before its comment. */
  private static final int END_OF_ZIP = 22;

  /** What a file in the format age-encryption.org/v1 begins with. */
  private static final int[] AGE = "age-encryption.org/".chars().toArray();

  private static final int HEAD_OF_CSV = 1 << 20;
  private static final long BYTES_OF_RANGE = 128L << 20;

  /** Pages and lists that a release has beside its data, where dates and numbers are the job's. */
  private static final Set<String> SIDE_FILES =
      Set.of(
          "manifest.json",
          "manifest.html",
          "manifest.json.sig",
          "datapackage.json",
          "croissant.json",
          "codebook.html",
          "codebook.csv",
          "flow.svg",
          "flow.csv",
          "letter.html",
          "letter.csv",
          "README.md",
          "SHA256SUMS",
          "SHA256SUMS.sig",
          "allowed_signers");

  private final IdentifierSet set;
  private final ScanRules rules;
  private final String shown;
  private final String name;
  private final Place place;
  private final List<Finding> findings = new ArrayList<>();
  private final List<TableScan> tables = new ArrayList<>();
  private long cells;
  private boolean searched = true;

  /**
   * A search of one file.
   *
   * @param name path inside the release
   * @param shown how findings name it
   */
  FileSearch(IdentifierSet set, ScanRules rules, String name, String shown) {
    this.set = set;
    this.rules = rules;
    this.name = name;
    this.shown = shown;
    place = SIDE_FILES.contains(name) || name.startsWith("load/") ? Place.TEXT : Place.CELL;
  }

  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    tables.forEach(table -> all.addAll(table.findings()));
    return all;
  }

  /**
   * Leaves the cells, so that many files need no more memory than one.
   *
   * @param isWhole whether no other range of the file follows
   */
  void finish(boolean isWhole) {
    tables.forEach(TableScan::forget);
    if (isWhole) {
      for (TableScan table : tables) {
        findings.addAll(table.findings());
        cells += table.cells();
      }
      tables.clear();
    }
  }

  long cells() {
    return cells + tables.stream().mapToLong(TableScan::cells).sum();
  }

  /** Adds what the next range of the same file has. */
  void merge(FileSearch later) {
    findings.addAll(later.findings);
    searched &= later.searched;
    tables.get(0).merge(later.tables.get(0));
  }

  boolean searched() {
    return searched;
  }

  /** The ranges of a file that can be searched at the same time. */
  List<Range> ranges(Path file) throws IOException {
    byte[] head = head(file);
    if (isParquet(head)) {
      return ParquetTable.ranges(file);
    }
    boolean isPlain = isCsv(name) && charset(head).equals(Optional.of(StandardCharsets.UTF_8));
    return isPlain && !isPacked(head) ? CsvRanges.of(file, BYTES_OF_RANGE) : List.of(Range.ALL);
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(HEAD);
    }
  }

  private boolean isParquet(byte[] head) {
    return startsWith(head, 'P', 'A', 'R', '1')
        || startsWith(head, 'P', 'A', 'R', 'E')
        || name.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  private static boolean isPacked(byte[] head) {
    return startsWith(head, 0x1F, 0x8B)
        || startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)
        || startsWith(head, 'P', 'K', 3, 4);
  }

  /** Searches a range of the file. */
  void search(Path file, Range range) throws IOException {
    byte[] head = head(file);
    if (isParquet(head)) {
      tables.add(ParquetTable.scan(file, range, shown, set, rules, findings));
      return;
    }
    if (!range.equals(Range.ALL)) {
      csv(file, range);
      return;
    }
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16)) {
      stream(name, head, in, 0);
    }
    if (startsWith(head, 'P', 'K', 3, 4)) {
      comments(file);
    }
  }

  private void stream(String inner, byte[] head, InputStream in, int depth) throws IOException {
    if (startsWith(head, AGE)) {
      notSearched("encrypted");
    } else if (startsWith(head, 0x1F, 0x8B)) {
      gzip(inner, head, new Gzip(in), depth);
    } else if (startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)) {
      unpack(inner, new ZstdInputStream(in), depth);
    } else if (startsWith(head, 'P', 'K', 3, 4)) {
      zip(in, depth);
    } else {
      Optional<Charset> charset = charset(head);
      if (charset.isEmpty()) {
        notSearched("binary");
      } else {
        plain(inner, charset.get(), in);
      }
    }
  }

  private void plain(String inner, Charset charset, InputStream in) throws IOException {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      plainText(inner, charset, in);
      return;
    }
    Watched watched = new Watched(in);
    plainText(inner, charset, watched);
    if (watched.isBinary()) {
      notSearched("binary");
    }
  }

  private void plainText(String inner, Charset charset, InputStream in) throws IOException {
    if (isCsv(inner)) {
      csv(charset, in);
    } else {
      text(charset, in);
    }
  }

  private void gzip(String inner, byte[] head, Gzip in, int depth) throws IOException {
    names(Gzip.names(head));
    unpack(inner, in, depth);
    if (searched && in.hasRest()) {
      notSearched("compressed");
    }
  }

  private void names(Iterable<String> texts) {
    TextScan names = new TextScan(set, rules, shown, Place.TEXT);
    texts.forEach(text -> names.line("(name)", text));
    findings.addAll(names.findings());
  }

  private void unpack(String inner, InputStream packed, int depth) throws IOException {
    if (depth > 1) {
      notSearched("compressed");
      return;
    }
    int point = inner.lastIndexOf('.');
    Limited limited = new Limited(packed, MOST_UNPACKED, Limited.Then.FAIL);
    BufferedInputStream in = new BufferedInputStream(limited, 1 << 16);
    in.mark(HEAD);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    try {
      stream(point < 0 ? inner : inner.substring(0, point), head, in, depth + 1);
    } catch (Limited.TooMuch tooMuch) {
      notSearched("compressed");
    }
  }

  private void zip(InputStream in, int depth) throws IOException {
    if (depth > 1) {
      notSearched("compressed");
      return;
    }
    ZipInputStream zip = new ZipInputStream(in);
    List<String> names = new ArrayList<>();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      names.add(entry.getName());
      if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
        notSearched("compressed");
      } else if (!entry.isDirectory()) {
        unpack(entry.getName() + ".zip", zip, depth);
      }
    }
    names(names);
  }

  /** The comments of a zip file and of its entries, which only the list at its end has. */
  private void comments(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> comments = new ArrayList<>();
      if (zip.getComment() != null) {
        comments.add(zip.getComment());
      }
      zip.stream().map(ZipEntry::getComment).filter(Objects::nonNull).forEach(comments::add);
      names(comments);
    }
    if (!isAllOfZip(file)) {
      notSearched("compressed");
    }
  }

  /** Whether a zip file ends with its list, and nothing follows the comment. */
  private static boolean isAllOfZip(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      int size = (int) Math.min(channel.size(), END_OF_ZIP + 0xFFFF);
      channel.position(channel.size() - size);
      byte[] tail = Channels.newInputStream(channel).readNBytes(size);
      for (int i = size - END_OF_ZIP; i >= 0; i--) {
        int comment = (tail[i + 20] & 0xFF) | (tail[i + 21] & 0xFF) << Byte.SIZE;
        boolean isEnd = tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5;
        if (isEnd && tail[i + 3] == 6 && i + END_OF_ZIP + comment == size) {
          return true;
        }
      }
      return false;
    }
  }

  private void notSearched(String kind) {
    searched = false;
    findings.add(new Finding(shown, "", Evidence.NOT_SEARCHED, kind, 1, 0));
  }

  private static boolean isCsv(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.endsWith(".psv");
  }

  /** The encoding of a text; empty for what is no text. */
  private static Optional<Charset> charset(byte[] head) {
    if (startsWith(head, '%', 'P', 'D', 'F')) {
      return Optional.empty();
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    int strange = 0;
    for (byte b : head) {
      boolean control = b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f';
      strange += control ? 1 : 0;
      if (b == 0) {
        return Optional.empty();
      }
    }
    return strange * 20 > head.length ? Optional.empty() : Optional.of(StandardCharsets.UTF_8);
  }

  private void csv(Charset charset, InputStream in) throws IOException {
    InputStream utf8 = charset.equals(StandardCharsets.UTF_8) ? in : new Recoded(in, charset);
    CsvReader reader = new CsvReader(utf8);
    List<String> header = reader.header();
    TextScan names = new TextScan(set, rules, shown, Place.TEXT);
    header.forEach(column -> names.line("(header)", column));
    TableScan table = new TableScan(set, rules, shown, TextScan.shown(header, set, rules), place);
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      table.scan(batch);
    }
    findings.addAll(names.findings());
    tables.add(table);
  }

  /** A range behind the first begins with a record, the header is read before it. */
  private void csv(Path file, Range range) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        InputStream all = Channels.newInputStream(channel)) {
      if (range.isFirst()) {
        csv(StandardCharsets.UTF_8, new Limited(all, range.to(), Limited.Then.END));
        return;
      }
      CsvReader head = new CsvReader(new Limited(all, HEAD_OF_CSV, Limited.Then.END));
      TableScan table =
          new TableScan(set, rules, shown, TextScan.shown(head.header(), set, rules), place);
      channel.position(range.from());
      long size = range.to() - range.from();
      CsvReader reader =
          new CsvReader(new Limited(all, size, Limited.Then.END), head.delimiterByte());
      for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
        table.scan(batch);
      }
      tables.add(table);
    }
  }

  private void text(Charset charset, InputStream in) throws IOException {
    TextScan text = new TextScan(set, rules, shown, place);
    if (charset.equals(StandardCharsets.UTF_8)) {
      new Lines(in).forEach(line -> text.line("text", line));
    } else {
      try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          text.line("text", line);
        }
      }
    }
    findings.addAll(text.findings());
  }

  private static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
