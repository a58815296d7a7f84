package org.consentry.testing;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program to run in a process of its own. What it reads and what it writes are files, never
 * pipes: it makes no difference whether the program reads its input, in which order it writes its
 * two streams, and whether a process that it started is still alive.
 */
public final class Program {

  private static final String JAR = "lib/consentry.jar";

  /** Far more than any of these programs needs on a busy machine; only a hang takes longer. */
  private static final long MINUTES = 10;

  /** Without relative places, as a program may run in another folder. */
  private static final List<Path> CLASS_PATH =
      Arrays.stream(
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                  .split(File.pathSeparator))
          .map(place -> Path.of(place).toAbsolutePath())
          .toList();

  /** The application folder, where the build made it of the classes beside it. */
  private static final Optional<Path> APPLICATION =
      Optional.ofNullable(System.getProperty("consentry.application"))
          .map(Path::of)
          .filter(Program::isOfTheseClasses);

  private final List<String> words;
  private Path folder = Path.of("");
  private byte[] input = {};
  private boolean hasOwnEnvironment;
  private Map<String, String> environment = Map.of();

  private Program(List<String> words) {
    this.words = List.copyOf(words);
  }

  /**
   * How a program ended.
   *
   * @param exitCode its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Ended(int exitCode, String out, String err) {

    /** Standard output, then standard error. */
    public String text() {
      return out + err;
    }
  }

  /** A command with its arguments. */
  public static Program of(String... words) {
    return new Program(Arrays.asList(words));
  }

  /** A command line for the shell. */
  public static Program shell(String line) {
    return of("sh", "-c", line);
  }

  /**
   * A main class of the program or its tests, on the Java runtime of the tests. It runs for seconds
   * only, so that the slower of the two compilers would cost more than its code gains, and it takes
   * classes of the program from the archive of the application folder, if there is one.
   */
  public static Program java(List<String> options, Class<?> main, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-XX:TieredStopAtLevel=1");
    APPLICATION.ifPresent(application -> words.addAll(archive(application, arguments)));
    words.addAll(options);
    words.add("-cp");
    words.add(classPath(main));
    words.add(main.getName());
    words.addAll(arguments);
    return new Program(words);
  }

  /** Whether no class beside an application folder was compiled since it was made. */
  private static boolean isOfTheseClasses(Path application) {
    try (Stream<Path> classes = Files.walk(application.resolveSibling("classes"))) {
      FileTime made = Files.getLastModifiedTime(application.resolve(JAR));
      for (Path each : (Iterable<Path>) classes.filter(Files::isRegularFile)::iterator) {
        if (Files.getLastModifiedTime(each).compareTo(made) > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException absent) {
      return false;
    }
  }

  /** What the folder of classes has is in the jar, and some of it must not be there twice. */
  private static String classPath(Class<?> main) {
    List<Path> places = new ArrayList<>();
    places.add(classes(main));
    places.addAll(CLASS_PATH);
    APPLICATION.ifPresent(
        application -> {
          places.removeIf(application.resolveSibling("classes")::equals);
          places.add(0, application.resolve(JAR));
        });
    return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> archive(Path application, List<String> arguments) {
    String name = arguments.contains("serve") ? "consentry-serve.jsa" : "consentry.jsa";
    Path archive = application.resolve("lib").resolve(name);
    return Files.isReadable(archive)
        ? List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive)
        : List.of();
  }

  /** Where a class comes from; not every launcher of tests has that on its own class path. */
  private static Path classes(Class<?> main) {
    try {
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether a command is on the path. */
  public static boolean isInstalled(String command) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }

  /** The command and its arguments. */
  public List<String> words() {
    return words;
  }

  /** The same in another working folder. */
  public Program in(Path other) {
    folder = other;
    return this;
  }

  /** The same with something to read on standard input, which is empty otherwise. */
  public Program reading(byte[] bytes) {
    input = bytes.clone();
    return this;
  }

  /** The same with these variables and the path, and no others. */
  public Program withOnly(Map<String, String> variables) {
    hasOwnEnvironment = true;
    environment = Map.copyOf(variables);
    return this;
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException when it cannot be started
   */
  public Ended run() throws IOException, InterruptedException {
    Path files = Files.createTempDirectory("consentry-process");
    Path in = files.resolve("in");
    Path out = files.resolve("out");
    Path err = files.resolve("err");
    try {
      Files.write(in, input);
      Process process =
          builder()
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean hasEnded = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly().waitFor();
      Ended ended = new Ended(process.exitValue(), read(out), read(err));
      if (!hasEnded) {
        throw new IllegalStateException(words.get(0) + " does not end: " + ended.text());
      }
      return ended;
    } finally {
      for (Path file : List.of(in, out, err, files)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Starts it with nothing to read; both its streams go to one file.
   *
   * @throws IOException when it cannot be started
   */
  public Process start(Path log) throws IOException {
    Process process = builder().redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return process;
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toAbsolutePath().toFile());
    if (hasOwnEnvironment) {
      String path = System.getenv().getOrDefault("PATH", "");
      builder.environment().clear();
      builder.environment().put("PATH", path);
      builder.environment().putAll(environment);
    }
    return builder;
  }

  /** Programs may write in any character set; what is not UTF-8 is shown as such. */
  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
