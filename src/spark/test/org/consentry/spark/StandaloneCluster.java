package org.consentry.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A standalone cluster of Spark on this machine: a master and two workers of one core, each a
 * process of its own, on loopback, which authenticate each other and encrypt what they send.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final Path SPARK =
      Path.of(System.getProperty("consentry.spark.folder", "")).toAbsolutePath().normalize();
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final Path settings;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path folder, Path settings, String master) {
    this.folder = folder;
    this.settings = settings;
    this.master = master;
  }

  static StandaloneCluster in(Path folder) throws IOException {
    Path settings = folder.resolve("spark.conf");
    Files.createFile(
        settings,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        settings,
        """
        spark.authenticate true
        spark.authenticate.secret a secret of this test, and of no other
        spark.network.crypto.enabled true
        spark.network.crypto.authEngineVersion 2
        spark.network.crypto.cipher AES/GCM/NoPadding
        spark.master.rest.enabled false
        spark.executor.memory 500m
        spark.executor.cores 1
        spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
        """);
    int port = freePort();
    StandaloneCluster cluster =
        new StandaloneCluster(folder, settings, "spark://" + LOOPBACK + ":" + port);
    cluster.daemon("master.Master", List.of("--port", Integer.toString(port)));
    for (int i = 0; i < 2; i++) {
      cluster.daemon(
          "worker.Worker",
          List.of(
              "--cores",
              "1",
              "--memory",
              "600m",
              "--work-dir",
              folder.resolve("work" + i).toString(),
              cluster.master));
    }
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void daemon(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("@" + SPARK.resolve("java-options"), "-Xmx300m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", SPARK.resolve("jars") + "/*"));
    command.add("org.apache.spark.deploy." + name);
    command.addAll(
        List.of("--host", LOOPBACK, "--webui-port", "0", "--properties-file", settings.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    Path log = folder.resolve(name + processes.size() + ".log");
    processes.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** Options of a run on this cluster. */
  List<String> options() {
    return List.of(
        "--engine", "spark", "--master", master, "--spark-settings", settings.toString());
  }

  /** Kills the first executor that runs, as a lost machine would. */
  void killAnExecutor() throws InterruptedException {
    Optional<ProcessHandle> executor =
        processes.stream()
            .flatMap(process -> process.toHandle().descendants())
            .filter(StandaloneCluster::isExecutor)
            .findFirst();
    ProcessHandle found = executor.orElseThrow();
    found.destroyForcibly();
  }

  private static boolean isExecutor(ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .or(() -> cmdline(process))
        .filter(line -> line.contains("CoarseGrainedExecutorBackend"))
        .isPresent();
  }

  /** Java gives no long command lines. */
  private static Optional<String> cmdline(ProcessHandle process) {
    try {
      return Optional.of(
          Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor(1, TimeUnit.MINUTES);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
