package org.consentry.service.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consentry.followup.Register;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.RegisterTable;
import org.consentry.ledger.LedgerFact;

/**
 * The register of disclosures, or what of it was searched for, in parts.
 *
 * @param rows the facts of the disclosures of this part, by the names of the columns of the CSV
 * @param search what was searched for
 * @param selection the same as a sentence
 * @param part which part it is
 * @param today what is overdue is judged by it
 * @param choices words to choose from, by field
 * @param csv where the same is as CSV
 * @param others where the other parts are
 */
public record RegisterPage(
    List<Map<String, String>> rows,
    Register.Search search,
    String selection,
    Part part,
    LocalDate today,
    Map<String, List<String>> choices,
    String csv,
    PartLink others)
    implements PageModel {

  /** Where the part of a number is. */
  public interface PartLink {

    /** The link. */
    String of(int number);
  }

  /** Rows of a page of a server. */
  private static final int ON_SERVER = 100;

  /** Rows of a file. */
  private static final int IN_FILE = 1_000;

  public RegisterPage {
    rows = List.copyOf(rows);
  }

  /**
   * A page of a server.
   *
   * @param all the whole register, for the words to choose from
   * @param number of the part
   */
  public static RegisterPage onServer(
      Register all, Register.Search search, LocalDate today, int number) {
    Register found = all.found(search);
    String query = query(search);
    return new RegisterPage(
        rows(found, Part.of(number, ON_SERVER, found.disclosures().size()), today),
        search,
        search.words(),
        Part.of(number, ON_SERVER, found.disclosures().size()),
        today,
        choices(all),
        "/register.csv" + query,
        next -> "/register" + (query.isEmpty() ? "?" : query + "&") + "part=" + next);
  }

  /**
   * A page in a file.
   *
   * @param found what it lists
   * @param selection which disclosures are listed, a sentence
   * @param csv name of the file with the same as CSV
   * @param others the names of the files of the other parts
   */
  public static RegisterPage inFile(
      Register found, String selection, LocalDate today, int number, String csv, PartLink others) {
    Part part = filePart(found, number);
    return new RegisterPage(
        rows(found, part, today),
        Register.Search.ALL,
        selection,
        part,
        today,
        Map.of(),
        csv,
        others);
  }

  /** A part of a register in files. */
  public static Part filePart(Register found, int number) {
    return Part.of(number, IN_FILE, found.disclosures().size());
  }

  private static List<Map<String, String>> rows(Register found, Part part, LocalDate today) {
    return part.of(found.disclosures()).stream()
        .map(one -> RegisterTable.object(one, today))
        .toList();
  }

  private static Map<String, List<String>> choices(Register all) {
    Map<String, List<String>> choices = new LinkedHashMap<>();
    choices.put("basis", words(all, Disclosed::basis));
    choices.put("kind", words(all, Disclosed::kind));
    choices.put("study", words(all, one -> one.entry().study()));
    choices.put("recipient", words(all, one -> one.fact(LedgerFact.RECIPIENT)));
    return choices;
  }

  private interface Word {
    String of(Disclosed one);
  }

  private static List<String> words(Register all, Word word) {
    return new ArrayList<>(
        all.disclosures().stream()
            .map(word::of)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String query(Register.Search search) {
    List<String> fields = new ArrayList<>();
    add(fields, "recipient", search.recipient());
    add(fields, "study", search.study());
    add(fields, "basis", search.basis());
    add(fields, "kind", search.kind());
    add(fields, "from", day(search.from()));
    add(fields, "to", day(search.to()));
    return fields.isEmpty() ? "" : "?" + String.join("&", fields);
  }

  private static void add(List<String> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(name + "=" + Links.word(value));
    }
  }

  static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }

  List<String> choices(String field) {
    return choices.getOrDefault(field, List.of());
  }

  /** A fact with its label; empty when the row does not have it. */
  static String labelled(Map<String, String> row, String label, String column) {
    String value = row.getOrDefault(column, "");
    return value.isEmpty() ? "" : label + " " + value;
  }

  /** The job of a row. */
  static String job(Map<String, String> row) {
    String name = row.getOrDefault("release", "/");
    return name.substring(0, name.lastIndexOf('/'));
  }

  /** The release's own name. */
  static String release(Map<String, String> row) {
    String name = row.getOrDefault("release", "/");
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public String template() {
    return "register.jte";
  }
}
