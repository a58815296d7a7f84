package org.consentry.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Settings of a Spark application, from a file in the form of {@code spark-defaults.conf} and from
 * the command line, which wins. A secret is in the file alone, because other users of the machine
 * see command lines; and that file is its owner's alone. A setting that names where a secret is may
 * be seen, and a file it names on this machine is not open to others.
 */
final class SparkSettingsFile {

  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|private");

  /** A file, or a Secret of Kubernetes by its name. */
  private static final Pattern NAMES_A_PLACE =
      Pattern.compile(
          "spark\\.authenticate\\.secret\\.(driver\\.|executor\\.)?file"
              + "|spark\\.kubernetes\\.(driver|executor)\\.(secrets|secretKeyRef)\\..+");

  private static final List<String> FILES =
      List.of("spark.authenticate.secret.file", "spark.authenticate.secret.driver.file");

  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** Kubernetes gives a mounted Secret to root and to the group of the pod. */
  private static final Set<PosixFilePermission> OWNER_AND_READERS_OF_THE_GROUP =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_READ);

  private static final int SHORTEST_SECRET = 32;
  private static final Place COMMAND_LINE = Place.of("--spark-conf");

  private SparkSettingsFile() {}

  /**
   * All settings.
   *
   * @param words {@code NAME=VALUE}
   * @throws ProblemException category USAGE for what is no setting of Spark and for a secret on the
   *     command line, KEY for a file with a secret that others may use
   */
  static Map<String, String> read(Optional<Path> file, List<String> words) {
    Map<String, String> settings = new TreeMap<>();
    file.ifPresent(from -> settings.putAll(settings(from)));
    for (String word : words) {
      int end = word.indexOf('=');
      if (end < 0 || !word.startsWith("spark.")) {
        throw usage(
            COMMAND_LINE, "expected NAME=VALUE, and names that begin with spark.", "correct it");
      }
      String name = word.substring(0, end);
      if (isSecret(name)) {
        throw usage(
            COMMAND_LINE,
            name + " is a secret, and command lines are visible to others",
            "put it into the file of --spark-settings");
      }
      settings.put(name, word.substring(end + 1));
    }
    for (String name : FILES) {
      Optional.ofNullable(settings.get(name)).ifPresent(path -> requireClosed(name, path));
    }
    return settings;
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name).find() && !NAMES_A_PLACE.matcher(name).matches();
  }

  private static void requireClosed(String name, String path) {
    try {
      Path file = Path.of(path);
      if (hasModes(file)
          && !OWNER_AND_READERS_OF_THE_GROUP.containsAll(Files.getPosixFilePermissions(file))) {
        throw ProblemException.of(
            Category.KEY,
            "SPARK_SETTINGS",
            Place.of(file),
            "the file has a secret and is open to others, or its group may change it",
            "chmod 600 it, or give a mounted Secret of Kubernetes defaultMode 0440 and the pod its"
                + " fsGroup; make a new secret if others may have read it");
      }
      if (Files.readString(file).strip().length() < SHORTEST_SECRET) {
        throw usage(
            Place.of(name),
            "expected a secret of at least " + SHORTEST_SECRET + " characters in the file",
            "make one, such as by openssl rand -hex 32");
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw usage(
          Place.of(name),
          "the file with the secret cannot be read",
          "check its name and permissions");
    }
  }

  private static boolean hasModes(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView("posix");
  }

  private static Map<String, String> settings(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
      Map<String, String> settings = new TreeMap<>();
      for (String name : properties.stringPropertyNames()) {
        settings.put(name, properties.getProperty(name).strip());
      }
      if (settings.keySet().stream().anyMatch(name -> !name.startsWith("spark."))) {
        throw usage(
            Place.of(file), "expected settings whose names begin with spark.", "remove the others");
      }
      requireOwn(file, settings);
      return settings;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw usage(
          Place.of(file),
          "the settings of Spark cannot be read",
          "check name and permissions, and write one setting a line: NAME VALUE");
    }
  }

  private static void requireOwn(Path file, Map<String, String> settings) throws IOException {
    boolean hasSecret = settings.keySet().stream().anyMatch(SparkSettingsFile::isSecret);
    if (hasModes(file) && hasSecret && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw ProblemException.of(
          Category.KEY,
          "SPARK_SETTINGS",
          Place.of(file),
          "the file has a secret and is open to group or others",
          "chmod 600 it, and make a new secret if others may have read it");
    }
  }

  private static ProblemException usage(Place place, String message, String hint) {
    return ProblemException.of(Category.USAGE, "SPARK_SETTINGS", place, message, hint);
  }
}
