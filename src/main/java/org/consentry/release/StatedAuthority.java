package org.consentry.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.consentry.data.Sha256;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import tools.jackson.databind.JsonNode;

/**
 * Under which authority a release was made, as its manifest states it. A text that the manifest
 * does not state is empty.
 *
 * @param title title of the study
 * @param recipient the person who answers for the data
 * @param organization the organization
 * @param agreement the clinic's number of the data use agreement
 * @param ends what ends on a day
 * @param people how many people the release has
 * @param reference what ages and years refer to
 */
public record StatedAuthority(
    String title,
    String recipient,
    String organization,
    String agreement,
    List<End> ends,
    OptionalLong people,
    Optional<LocalDate> reference) {

  private static final int MAX_TEXT = 64 << 20;

  /** What ends on a day. */
  public enum Ending {
    AGREEMENT("agreement ends"),
    BOARD("board approval ends"),
    DESTRUCTION("to be destroyed by");

    private final String words;

    Ending(String words) {
      this.words = words;
    }

    /** In words, before the day. */
    public String words() {
      return words;
    }
  }

  /** The last day of something. */
  public record End(Ending what, LocalDate day) {}

  public StatedAuthority {
    ends = List.copyOf(ends);
  }

  /**
   * What the manifest of a release states: the exact one that stays in the clinic, or that of the
   * release where another state folder made it.
   *
   * @param release the entry of the release in the ledger
   * @return empty when the manifest is missing or is not the one that the ledger names
   */
  public static Optional<StatedAuthority> of(StateFolder state, LedgerEntry release) {
    Optional<String> internal = release.fact(LedgerFact.INTERNAL_MANIFEST_SHA256);
    Path folder =
        internal.isPresent()
            ? state.manifests(release.run())
            : Path.of(release.fact(LedgerFact.TARGET).orElse(""));
    String name = internal.isPresent() ? ReleaseSealer.INTERNAL_MANIFEST : ReleaseFiles.MANIFEST;
    Optional<String> digest = internal.or(() -> release.fact(LedgerFact.MANIFEST_SHA256));
    try {
      byte[] bytes = ReleaseFiles.read(folder.resolve(name), MAX_TEXT);
      return digest.equals(Optional.of(Sha256.hex(bytes)))
          ? Json.read(bytes).map(statement -> read(statement.path("predicate")))
          : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  private static StatedAuthority read(JsonNode predicate) {
    JsonNode authority = predicate.path("authority");
    List<End> ends = new ArrayList<>();
    add(ends, Ending.AGREEMENT, authority.at("/agreement/expiresOn"));
    add(ends, Ending.BOARD, authority.at("/board/expiresOn"));
    add(ends, Ending.DESTRUCTION, authority.at("/agreement/destroyBy"));
    JsonNode people = predicate.at("/consent/subjects/released");
    return new StatedAuthority(
        ManifestStatement.asked(authority).path("title").asString(""),
        authority.at("/recipient/name").asString(""),
        authority.at("/recipient/organization").asString(""),
        authority.at("/agreement/id").asString(""),
        ends,
        people.isIntegralNumber() ? OptionalLong.of(people.asLong()) : OptionalLong.empty(),
        day(predicate.at("/release/referenceDate")));
  }

  private static void add(List<End> ends, Ending what, JsonNode day) {
    day(day).ifPresent(end -> ends.add(new End(what, end)));
  }

  private static Optional<LocalDate> day(JsonNode day) {
    try {
      return day.isString() ? Optional.of(LocalDate.parse(day.asString())) : Optional.empty();
    } catch (DateTimeParseException none) {
      throw new IllegalStateException("a signed manifest has days as ISO 8601", none);
    }
  }
}
