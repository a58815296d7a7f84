package org.consentry.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts in which people marked what identifies, as three public collections have them. */
final class MarkedNotes {

  private static final JsonMapper JSON = JsonMapper.shared();

  private MarkedNotes() {}

  /** A text and its marks. */
  record Note(String text, List<Mark> marks) {}

  /** A marked place, with the collection's own word for its kind. */
  record Mark(String type, int start, int end) {

    boolean meets(Found found) {
      return found.start() < end && start < found.end();
    }
  }

  static Path folder(String name) {
    return Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "text", name);
  }

  /** Questions of clinicians with made-up identifiers (ASQ-PHI). */
  static List<Note> asqPhi() throws IOException {
    List<Note> notes = new ArrayList<>();
    String file = Files.readString(folder("asq-phi").resolve("queries_first_400.txt"));
    for (String part : List.of(file.split("===QUERY===\n", -1))) {
      int tags = part.indexOf("===PHI_TAGS===");
      if (tags < 0) {
        continue;
      }
      String text = part.substring(0, tags).strip();
      List<Mark> marks = new ArrayList<>();
      part.substring(tags)
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(JSON::readTree)
          .forEach(
              tag -> {
                String value = tag.get("value").asString();
                int at = text.indexOf(value);
                if (at >= 0) {
                  marks.add(
                      new Mark(tag.get("identifier_type").asString(), at, at + value.length()));
                }
              });
      notes.add(new Note(text, marks));
    }
    return notes;
  }

  /** Clinical cases in Spanish with added identifiers (MEDDOCAN). */
  static List<Note> meddocan() throws IOException {
    List<Note> notes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder("meddocan"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".ann")).sorted().toList()) {
        Path text = Path.of(file.toString().replace(".ann", ".txt"));
        List<Mark> marks = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
          String[] cells = line.split("[\t ]", -1);
          if (line.startsWith("T")) {
            marks.add(new Mark(cells[1], Integer.parseInt(cells[2]), Integer.parseInt(cells[3])));
          }
        }
        notes.add(new Note(Files.readString(text), marks));
      }
    }
    return notes;
  }

  /** Sentences made of templates, in English with names of many countries (Presidio). */
  static List<Note> presidio() throws IOException {
    List<Note> notes = new ArrayList<>();
    Path file = folder("presidio-research").resolve("synth_dataset_v2.json");
    for (JsonNode sample : JSON.readTree(Files.readString(file))) {
      List<Mark> marks = new ArrayList<>();
      for (JsonNode span : sample.get("spans")) {
        marks.add(
            new Mark(
                span.get("entity_type").asString(),
                span.get("start_position").asInt(),
                span.get("end_position").asInt()));
      }
      notes.add(new Note(sample.get("full_text").asString(), marks));
    }
    return notes;
  }
}
