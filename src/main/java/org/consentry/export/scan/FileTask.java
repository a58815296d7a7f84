package org.consentry.export.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.problem.ProblemException;

/** One file of a folder: its name is searched at once, its content in pieces by any thread. */
final class FileTask {

  private final Path file;
  private final String name;
  private final String shown;
  private final IdentifierSet set;
  private final ScanRules rules;
  private final List<Finding> own = new ArrayList<>();
  private boolean searched = true;
  private int pieces;

  FileTask(Path folder, Path file, int number, IdentifierSet set, ScanRules rules) {
    this.file = file;
    this.set = set;
    this.rules = rules;
    name = folder.relativize(file).toString().replace('\\', '/');
    TextScan names = new TextScan(set, rules, "", CellSearch.Place.TEXT);
    names.line("(name)", name);
    List<Finding> found = names.findings();
    shown = found.isEmpty() ? name : "(file " + number + ")";
    for (Finding one : found) {
      own.add(new Finding(shown, one.column(), one.evidence(), one.kind(), 1, 0));
    }
    TextScan attributes = new TextScan(set, rules, shown, CellSearch.Place.TEXT);
    attributes().forEach(text -> attributes.line("(attributes)", text));
    own.addAll(attributes.findings());
  }

  /** The names and values of extended attributes, where the file system has them. */
  private List<String> attributes() {
    List<String> texts = new ArrayList<>();
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      for (String attribute : view == null ? List.<String>of() : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(attribute));
        view.read(attribute, value);
        texts.add(attribute + "\n" + Texts.of(value.array(), 0, value.position()));
      }
    } catch (IOException noAttributes) {
      return texts;
    }
    return texts;
  }

  /** How findings name it. */
  String shown() {
    return shown;
  }

  boolean searched() {
    return searched;
  }

  /** What can be done at the same time; nothing for a folder or a link. */
  List<Callable<FileSearch>> pieces() {
    List<Callable<FileSearch>> all = new ArrayList<>();
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      List<Range> ranges = reading(() -> search().ranges(file));
      for (Range range : ranges) {
        all.add(
            () -> {
              FileSearch search = search();
              reading(
                  () -> {
                    search.search(file, range);
                    return range;
                  });
              search.finish(ranges.size() == 1);
              return search;
            });
      }
    } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      searched = false;
      own.add(new Finding(shown, "", Evidence.NOT_SEARCHED, "link", 1, 0));
    }
    pieces = all.size();
    return all;
  }

  private FileSearch search() {
    return new FileSearch(set, rules, name, shown);
  }

  /**
   * Takes the answers of the pieces, which are the next ones.
   *
   * @return the cells that were searched
   */
  long collect(Iterator<FileSearch> answers, List<Finding> into) {
    into.addAll(own);
    if (pieces == 0) {
      return 0;
    }
    FileSearch whole = answers.next();
    for (int i = 1; i < pieces; i++) {
      whole.merge(answers.next());
    }
    into.addAll(whole.findings());
    searched = whole.searched();
    return whole.cells();
  }

  /** Something that reads a file. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(Reading<T> work) {
    try {
      return work.read();
    } catch (CsvReader.TooLong tooLong) {
      throw problem(
          "SCAN_TOO_LONG",
          "a record is longer than " + (CsvReader.LONGEST_RECORD >> 20) + " MiB",
          "look for a quote that is not closed");
    } catch (IOException unreadable) {
      throw problem(
          "SCAN_UNREADABLE",
          "the file cannot be read whole: it is damaged, cut off, encrypted or closed to this user",
          "write the folder again");
    }
  }

  private ProblemException problem(String code, String message, String hint) {
    return ReleaseScan.problem(shown, code, message, hint);
  }
}
