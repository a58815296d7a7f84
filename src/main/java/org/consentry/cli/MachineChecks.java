package org.consentry.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.consentry.ledger.DiskProbe;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** Checks of the machine and its Java runtime. */
final class MachineChecks {

  private static final long MEBIBYTE = 1024L * 1024;
  private static final long LEAST_HEAP = 256 * MEBIBYTE;

  /** What the Java runtime needs beside its heap. */
  private static final long BESIDE_HEAP = 256 * MEBIBYTE;

  private static final long LEAST_SPACE = 64 * MEBIBYTE;
  private static final long LITTLE_SPACE = 1024 * MEBIBYTE;
  private static final long LEAST_FILES = 256;

  private final Checkup checkup;

  MachineChecks(Checkup checkup) {
    this.checkup = checkup;
  }

  void run() {
    checkup.check("version", Version::text);
    java();
    memory();
    locale();
    files();
    disk("temp", Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  private void java() {
    long heap = Runtime.getRuntime().maxMemory();
    if (heap < LEAST_HEAP) {
      checkup.warning(
          "java",
          Problem.warning(
              "HEAP",
              Place.of("CONSENTRY_JAVA_OPTS"),
              "the Java runtime may use " + mebibytes(heap) + " of memory",
              "set CONSENTRY_JAVA_OPTS=-Xmx360m or more"));
    } else {
      checkup.ok(
          "java",
          System.getProperty("java.runtime.version", "")
              + " of "
              + System.getProperty("java.vendor", "an unknown vendor")
              + ", heap up to "
              + mebibytes(heap));
    }
  }

  private void memory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long size = system.getTotalMemorySize();
      long needed = Runtime.getRuntime().maxMemory() + BESIDE_HEAP;
      if (size < needed) {
        checkup.warning(
            "memory",
            Problem.warning(
                "MEMORY",
                Place.of("machine"),
                "the machine or container has "
                    + mebibytes(size)
                    + " of memory and a run may need "
                    + mebibytes(needed),
                "give it more, or set a smaller -Xmx in CONSENTRY_JAVA_OPTS"));
      } else {
        checkup.ok("memory", mebibytes(size));
      }
    }
  }

  private void locale() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (encoding.equalsIgnoreCase("UTF-8")) {
      checkup.ok("locale", "file names are UTF-8");
    } else {
      checkup.warning(
          "locale",
          Problem.warning(
              "LOCALE",
              Place.of("LC_ALL"),
              "file names are " + encoding + ", so that files with other names cannot be opened",
              "set LC_ALL=C.UTF-8"));
    }
  }

  private void files() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof UnixOperatingSystemMXBean unix) {
      long most = unix.getMaxFileDescriptorCount();
      if (most < LEAST_FILES) {
        checkup.error(
            "files",
            Problem.error(
                "OPEN_FILES",
                Place.of("ulimit"),
                "a process may open " + most + " files here and " + LEAST_FILES + " are needed",
                "raise ulimit -n"),
            Category.RUN_FAILED);
      } else {
        checkup.ok("files", "a process may open " + most);
      }
    }
  }

  /** Checks that files can be written into a folder, and how much space there is. */
  void disk(String check, Path folder) {
    checkup.passes(
        check,
        () -> {
          DiskProbe.require(folder);
          space(check, folder);
        });
  }

  private void space(String check, Path folder) {
    long space = usable(folder);
    String text = Place.name(folder) + " takes files, " + mebibytes(space) + " are free";
    Problem little =
        Problem.warning(
            "SPACE",
            Place.of(folder),
            mebibytes(space) + " are free",
            "a run needs about three times the size of the released tables: make room");
    if (space < LEAST_SPACE) {
      checkup.error(
          check,
          Problem.error(little.code(), little.place(), little.message(), little.hint()),
          Category.TEMPORARY);
    } else if (space < LITTLE_SPACE) {
      checkup.warning(check, little);
    } else {
      checkup.ok(check, text);
    }
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException unknown) {
      throw ProblemException.of(
          DiskFailure.category(unknown),
          "SPACE",
          Place.of(folder),
          "the free space is not known",
          "check the disk");
    }
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", bytes / MEBIBYTE);
  }
}
