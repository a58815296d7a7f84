package org.consentry.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.consentry.export.Cluster;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The second application folder, which has Spark and what runs splits on it. Its classes are loaded
 * apart: of ours they see those of this program, and no library.
 *
 * @param folder has {@code lib} with our jar and {@code jars} with Spark
 */
record SparkFolder(Path folder) {

  private static final String ENVIRONMENT = "CONSENTRY_SPARK";
  private static final String NAME = "consentry-spark";

  /**
   * The folder beside that of the program, or the one that {@code CONSENTRY_SPARK} names.
   *
   * @throws ProblemException category USAGE when it is not there
   */
  static SparkFolder find() {
    Path folder =
        Optional.ofNullable(System.getenv(ENVIRONMENT))
            .filter(named -> !named.isBlank())
            .map(Path::of)
            .orElseGet(SparkFolder::beside);
    if (!Files.isDirectory(folder.resolve("lib")) || !Files.isDirectory(folder.resolve("jars"))) {
      throw ProblemException.of(
          Category.USAGE,
          "NO_SPARK",
          Place.of(folder),
          "the Spark folder of this program is not here, which --engine spark needs",
          "build it by mvn -P spark verify and put its target/consentry-spark here, or name it by "
              + ENVIRONMENT);
    }
    return new SparkFolder(folder.toAbsolutePath().normalize());
  }

  /** The program is {@code lib/consentry.jar} of its folder. */
  private static Path beside() {
    try {
      Path program =
          Path.of(SparkFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return program.resolve("../../..").normalize().resolve(NAME);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("the program has a path");
    }
  }

  /**
   * What starts clusters with these settings.
   *
   * @throws ProblemException category USAGE when they are not allowed, or a part of the folder is
   *     missing
   */
  Cluster.Starter starter(String master, Map<String, String> settings) {
    try {
      return provider().with(master, settings);
    } catch (ServiceConfigurationError | LinkageError incomplete) {
      throw damaged(folder);
    }
  }

  private Cluster.Provider provider() {
    return ServiceLoader.load(Cluster.Provider.class, new Classes(jars()))
        .findFirst()
        .orElseThrow(() -> damaged(folder));
  }

  private URL[] jars() {
    List<URL> jars = new ArrayList<>();
    for (String part : List.of("lib", "jars")) {
      try (Stream<Path> files = Files.list(folder.resolve(part))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
          jars.add(url(jar));
        }
      } catch (IOException unreadable) {
        throw damaged(folder);
      }
    }
    return jars.toArray(new URL[0]);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw damaged(jar);
    }
  }

  private static ProblemException damaged(Path place) {
    return ProblemException.of(
        Category.USAGE,
        "NO_SPARK",
        Place.of(place),
        "the Spark folder of this program cannot be used",
        "build it again by mvn -P spark verify");
  }

  /** Spark's classes, and of this program's class path those of this program alone. */
  private static final class Classes extends URLClassLoader {

    private static final String OURS = "org.consentry.";

    static {
      registerAsParallelCapable();
    }

    Classes(URL[] jars) {
      super("spark", jars, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        return super.findClass(name);
      } catch (ClassNotFoundException notOfSpark) {
        if (name.startsWith(OURS)) {
          return Class.forName(name, false, SparkFolder.class.getClassLoader());
        }
        throw notOfSpark;
      }
    }
  }
}
