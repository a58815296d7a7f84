package org.consentry.testing;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The manifest of a release in both editions, read as any JSON program reads it.
 *
 * @param recipient predicate of the recipient's edition
 * @param internal predicate of the clinic's edition
 */
public record ReadManifest(JsonNode recipient, JsonNode internal) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The manifest of a published release. */
  public static ReadManifest of(SmallClinic clinic, Path release) {
    JsonNode recipient = predicate(release.resolve("manifest.json"));
    String run = recipient.at("/release/run").asString();
    return new ReadManifest(
        recipient, predicate(clinic.state().manifests(run).resolve("manifest.internal.json")));
  }

  private static JsonNode predicate(Path file) {
    return JSON.readTree(file.toFile()).path("predicate");
  }

  /** What the recipient's edition has at a JSON pointer, as compact JSON. */
  public String shown(String pointer) {
    return text(recipient, pointer);
  }

  /** What the clinic's edition has at a JSON pointer, as compact JSON. */
  public String exact(String pointer) {
    return text(internal, pointer);
  }

  private static String text(JsonNode predicate, String pointer) {
    JsonNode found = predicate.at(pointer);
    return found.isMissingNode() ? "absent" : found.toString();
  }

  /** The pointer of a table. */
  public String table(String name) {
    return "/tables/" + position(recipient.path("tables"), "/name", name);
  }

  /** The pointer of a released column. */
  public String column(String table, String name) {
    String columns = table(table) + "/columns";
    return columns + "/" + position(recipient.at(columns), "/released/name", name);
  }

  private static int position(JsonNode list, String pointer, String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.path(i).at(pointer).asString("").equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the manifest has no " + name);
  }
}
