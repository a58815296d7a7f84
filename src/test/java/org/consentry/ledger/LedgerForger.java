package org.consentry.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.consentry.keys.LedgerKey;

/** A person who works on the files of a ledger directly, without its key or with it. */
public final class LedgerForger {

  private final StateFolder state;

  public LedgerForger(StateFolder state) {
    this.state = state;
  }

  /** The file of entries. */
  public Path file() {
    return LedgerFiles.entries(state);
  }

  /** The head file. */
  public Path head() {
    return LedgerFiles.head(state);
  }

  /** The lines of the file of entries. */
  public List<String> lines() {
    try {
      return Files.readAllLines(file(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Replaces all lines, without the key. */
  public void lines(List<String> lines) {
    bytes(
        (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"))
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces the content of the file of entries, without the key. */
  public void bytes(byte[] content) {
    write(file(), content);
  }

  /** Replaces a text in one line, without the key. */
  public void change(int number, String from, String to) {
    List<String> lines = new ArrayList<>(lines());
    String line = lines.get(number - 1);
    if (!line.contains(from)) {
      throw new IllegalArgumentException("the line does not contain what is to be replaced");
    }
    lines.set(number - 1, line.replace(from, to));
    lines(lines);
  }

  /** Removes the newest entries, without the key. */
  public void keepFirst(int count) {
    lines(lines().subList(0, count));
  }

  /** Changes the facts of entries and makes the chain and the head again, with the key. */
  public void rewrite(UnaryOperator<Map<LedgerFact, String>> change) {
    rewrite(Ledger.read(state).entries(), change);
  }

  /** Removes the newest entries and makes the head again, with the key. */
  public void cutWithKey(int count) {
    rewrite(Ledger.read(state).entries().subList(0, count), facts -> facts);
  }

  private void rewrite(List<LedgerEntry> entries, UnaryOperator<Map<LedgerFact, String>> change) {
    LedgerKey key = LedgerKey.read(state.ledgerKey());
    List<LedgerEntry> made = new ArrayList<>();
    String previous = LedgerEntry.ROOT;
    for (LedgerEntry entry : entries) {
      LedgerEntry next =
          LedgerEntry.after(
              entry.number(),
              previous,
              entry.at(),
              new LedgerEvent(
                  entry.kind(),
                  entry.run(),
                  entry.job(),
                  entry.study(),
                  change.apply(new EnumMap<>(entry.facts()))),
              key.entries());
      made.add(next);
      previous = next.hash();
    }
    lines(made.stream().map(LedgerEntry::line).toList());
    try {
      new LedgerFiles(state, key).writeHead(made);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Appends an entry as the program does. */
  public void append(Instant at, LedgerEntry.Kind kind, Map<LedgerFact, String> facts) {
    Ledger.open(state, () -> at).append(at, new LedgerEvent(kind, "", "", "", facts));
  }

  /** From now on the disk refuses to replace the head file, as a full one does. */
  public void refuseEntries() {
    write(inTheWay().resolve("file"), new byte[0]);
  }

  /** From now on the disk has room again. */
  public void acceptEntries() {
    try {
      Files.delete(inTheWay().resolve("file"));
      Files.delete(inTheWay());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path inTheWay() {
    return head().resolveSibling("head.json.new");
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
