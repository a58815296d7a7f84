package org.consentry.connector.fhir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.config.SafeWord;
import org.consentry.config.YamlFile;
import org.consentry.connector.Source;
import org.consentry.connector.SourceFactory;
import org.consentry.connector.SourceTable;
import org.consentry.data.Sha256;
import org.consentry.problem.Address;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * A folder of FHIR resources, one on each line, as a bulk export writes them. The table {@code
 * visits} is what the view {@code visits.json} makes of the resources of its type.
 */
public final class FhirSource implements Source {

  /** Makes FHIR sources. */
  public static final SourceFactory<Config> FACTORY = new Factory();

  /**
   * What people may set.
   *
   * @param path the directory of the resources; relative to the file that names it
   * @param views the directory of the views; relative to the file that names it
   * @param server address of the server that exported; references that begin with it are its own
   */
  public record Config(
      @Doc("the directory of the .ndjson files of a bulk export") String path,
      @Doc("the directory of the views; a table is a view of its name and .json") String views,
      @Doc(
              "address of the server that exported, where references have it; by default absolute"
                  + " references are of other servers")
          Optional<String> server) {

    public Config {
      if (path.isBlank() || Address.is(path)) {
        throw new IllegalArgumentException("path must name a directory");
      }
      if (views.isBlank()) {
        throw new IllegalArgumentException("views must name a directory");
      }
      if (server.isPresent() && !server.get().matches("https?://\\S+")) {
        throw new IllegalArgumentException("server must begin with http:// or https://");
      }
    }

    String prefix() {
      return server.map(address -> address.endsWith("/") ? address : address + "/").orElse("");
    }
  }

  private static final class Factory implements SourceFactory<Config> {

    @Override
    public String name() {
      return "fhir";
    }

    @Override
    public Class<Config> config() {
      return Config.class;
    }

    @Override
    public Source open(Config config, Path baseDirectory) {
      return new FhirSource(config, baseDirectory, Long.getLong("consentry.splitBytes", 64L << 20));
    }
  }

  private final Path resources;
  private final Path views;
  private final String server;
  private final long splitBytes;

  /**
   * Opens the directories.
   *
   * @param splitBytes at which the next line end is a cut; smaller in tests
   */
  public FhirSource(Config config, Path baseDirectory, long splitBytes) {
    this.resources = directory(baseDirectory.resolve(config.path()), "resources", "source.path");
    this.views = directory(baseDirectory.resolve(config.views()), "views", "source.views");
    this.server = config.prefix();
    this.splitBytes = splitBytes;
  }

  private static Path directory(Path path, String of, String key) {
    if (!Files.isDirectory(path)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "NO_DIRECTORY",
          Place.of(Place.name(path)),
          "expected a directory of " + of + " but found none",
          "check " + key);
    }
    return path;
  }

  @Override
  public Optional<SourceTable> table(String table) {
    if (!table.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "TABLE_NAME",
          Place.of(Place.name(views)),
          "expected letters, digits, _ and - in the name of a table",
          "name the view in the directory, without .json");
    }
    Path file = views.resolve(table + ".json");
    return Files.exists(file) ? Optional.of(open(table, file)) : Optional.empty();
  }

  private SourceTable open(String table, Path file) {
    Problems problems = new Problems();
    Optional<YamlFile> yaml = YamlFile.read(file, Place.name(file), problems);
    Optional<View> read =
        yaml.flatMap(found -> ViewReader.readTable(found.root(), table, server, problems));
    problems.throwIfAny(Category.FILES_INVALID);
    View view = read.orElseThrow();
    String definition = Sha256.PREFIX + yaml.orElseThrow().sha256();
    List<ResourceFile> files = ResourceFile.find(resources, Place.name(resources), view.resource());
    if (files.isEmpty()) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "NO_RESOURCES",
          Place.of(Place.name(resources)),
          "expected a file of resources of type "
              + SafeWord.word(view.resource())
              + " but found none",
          "name it "
              + view.resource()
              + ".ndjson; write an empty one where there are no such resources");
    }
    return new FhirTable(table, view, definition, new ResourceFiles(files), splitBytes);
  }
}
