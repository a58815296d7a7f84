package org.consentry.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The open recalls as a small file, so that {@code status} can tell them while a run holds the
 * database. It is made anew from the ledger at every start and change; the ledger alone counts.
 */
public final class OpenRecalls {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<Recalls.Open>> LIST = new TypeReference<>() {};

  private OpenRecalls() {}

  /** Makes the file say what the ledger says; leaves it alone when it does already. */
  public static void refresh(StateFolder state, Ledger ledger) {
    List<Recalls.Open> open = new Recalls(ledger).open();
    Path file = state.openRecalls();
    if (open.isEmpty() && !Files.exists(file)) {
      return;
    }
    try {
      Folders.replace(file, JSON.writeValueAsString(open) + "\n");
    } catch (IOException refused) {
      throw unusable(file, "the file of open recalls cannot be written");
    }
  }

  /** What the file says; nothing when there never was a recall. */
  public static List<Recalls.Open> read(StateFolder state) {
    Path file = state.openRecalls();
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.copyOf(JSON.readValue(Files.readAllBytes(file), LIST));
    } catch (IOException | JacksonException damaged) {
      throw unusable(file, "the file of open recalls cannot be read");
    }
  }

  private static ProblemException unusable(Path file, String message) {
    return ProblemException.of(
        Category.TEMPORARY,
        "OPEN_RECALLS",
        Place.of(file.toString()),
        message,
        "check the permissions of the state folder; consentry recall makes the file anew");
  }
}
