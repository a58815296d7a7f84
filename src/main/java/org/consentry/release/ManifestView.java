package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.page.FlowDiagram;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;
import tools.jackson.databind.JsonNode;

/**
 * What pages of the clinic show of a manifest, in the recipient's edition: every count is exact or
 * masked as the manifest has it, and nothing is counted again. Immutable.
 */
public final class ManifestView {

  private static final int MAX_TEXT = 64 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  private final byte[] bytes;
  private final JsonNode statement;
  private final Page page;

  private ManifestView(byte[] bytes, JsonNode statement, Page page) {
    this.bytes = bytes;
    this.statement = statement;
    this.page = page;
  }

  /**
   * Reads the manifest of a release or of a staged release.
   *
   * @param folder of the release
   * @param sha256 digest that the ledger has of the manifest, 64 lower-case hexadecimal digits
   * @param principal what its signer is called
   * @throws ProblemException category VERIFY when it is missing, or not the one that the ledger
   *     names and the signer signed
   */
  public static ManifestView of(Path folder, String sha256, String principal) {
    Path file = folder.resolve(ReleaseFiles.MANIFEST);
    try {
      byte[] bytes = ReleaseFiles.read(file, MAX_TEXT);
      if (!Sha256.hex(bytes).equals(sha256)) {
        throw unusable(file, "the manifest is not the one that the ledger names");
      }
      SshSignature signature =
          SshSignature.parse(
                  ReleaseFiles.read(folder.resolve(ReleaseFiles.MANIFEST_SIGNATURE), MAX_SIGNATURE))
              .filter(one -> one.verifies(SshSignature.MANIFEST, bytes))
              .orElseThrow(() -> unusable(file, "the manifest is not what was signed"));
      JsonNode statement =
          Json.read(bytes).orElseThrow(() -> unusable(file, "the manifest is no JSON"));
      return new ManifestView(
          bytes,
          statement,
          new Page(
              statement,
              signature.signer().fingerprint(),
              ReleaseGuide.commands(ReleaseFiles.SIGNERS, principal)));
    } catch (IOException unreadable) {
      throw unusable(file, "the manifest or its signature cannot be read");
    }
  }

  private static ProblemException unusable(Path file, String message) {
    return ProblemException.of(
        Category.VERIFY,
        "MANIFEST",
        Place.of(file),
        message,
        "find out who moved or changed the folder; restore it from the copy that was handed over");
  }

  /** How many bytes the manifest has. */
  public int size() {
    return bytes.length;
  }

  /** The bytes that are signed. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Digest of these bytes, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return Sha256.hex(bytes);
  }

  /** The page of the manifest, HTML in UTF-8. */
  public byte[] page() {
    return Pages.render("manifest.jte", page);
  }

  /** One member in words, by its path with parts joined by {@code /}; empty when it has none. */
  public String word(String path) {
    return page.word(path);
  }

  /** How many persons were released. */
  public String persons() {
    return page.word("consent/subjects/released");
  }

  /** How many rows were released, of all tables. */
  public long rows() {
    return statement
        .at("/predicate/tables")
        .valueStream()
        .mapToLong(table -> table.at("/rows/released").asLong(0))
        .sum();
  }

  /** What came of the scan, in a few words. */
  public String scan() {
    return page.word("scan");
  }

  /** What is known of the risk of re-identification, in a few words. */
  public String risk() {
    JsonNode risk = page.node("risk");
    if (!risk.isObject()) {
      return page.word("risk");
    }
    String smallest = Page.word(risk, "smallestGroup");
    return smallest.isEmpty()
        ? "measured, k = " + Page.word(risk, "k")
        : "smallest group " + smallest + ", asked for " + Page.word(risk, "k");
  }

  /** Persons by what became of them, in the order of the manifest; empty where none are stated. */
  public Map<String, String> people() {
    JsonNode subjects = page.node("consent/subjects");
    Map<String, String> people = new LinkedHashMap<>();
    if (subjects.has("read")) {
      people.put("Read", Page.word(subjects, "read"));
      subjects
          .path("excluded")
          .properties()
          .forEach(group -> people.put(words(group.getKey()), Page.text(group.getValue())));
      people.put("Released", Page.word(subjects, "released"));
    }
    return Collections.unmodifiableMap(people);
  }

  private static String words(String group) {
    String label = Flow.label(group);
    return label.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + label.substring(1);
  }

  /** From read to released; empty where it is not stated who was left out. */
  public List<Flow> counts() {
    return page.node("consent/subjects").has("read") ? Flow.of(statement) : List.of();
  }

  /** The same as a picture, SVG; empty where it is not stated. */
  public String flow() {
    List<Flow> flow = counts();
    return flow.isEmpty()
        ? ""
        : new String(Pages.render("flow.jte", FlowDiagram.of(flow)), StandardCharsets.UTF_8);
  }

  /** A data file of the release, as the manifest lists it. */
  public record DataFile(String name, String rows, String bytes, String sha256) {}

  /** How many data files it has. */
  public long countOfFiles() {
    return statement
        .at("/predicate/tables")
        .valueStream()
        .mapToLong(table -> table.path("files").size())
        .sum();
  }

  /** The first of its data files. */
  public List<DataFile> files(int most) {
    List<DataFile> files = new ArrayList<>();
    for (JsonNode table : page.node("tables")) {
      for (JsonNode file : table.path("files")) {
        if (files.size() < most) {
          files.add(
              new DataFile(
                  Page.word(file, "name"),
                  Page.word(file, "rows"),
                  Page.word(file, "bytes"),
                  Page.word(file, "sha256")));
        }
      }
    }
    return files;
  }

  /**
   * What changed since the release before.
   *
   * @param since job and name of that release
   * @param summary one sentence
   * @param kinds the changes by kind
   */
  public record Changes(String since, String summary, List<Kind> kinds) {

    /** The changes of one kind. */
    public record Kind(String title, List<String> lines) {}
  }

  /** What changed; empty for the first release of a study. */
  public Optional<Changes> changes() {
    JsonNode changes = page.node("changes");
    if (!changes.isObject()) {
      return Optional.empty();
    }
    List<Changes.Kind> kinds = new ArrayList<>();
    changes
        .path("list")
        .properties()
        .forEach(
            part ->
                kinds.add(
                    new Changes.Kind(
                        part.getKey(), part.getValue().valueStream().map(Page::text).toList())));
    return Optional.of(
        new Changes(
            page.word("changes/since/job") + "/" + page.word("changes/since/name"),
            page.word("changes/summary"),
            kinds));
  }
}
