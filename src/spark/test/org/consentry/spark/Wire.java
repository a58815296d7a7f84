package org.consentry.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire between executors and a command of this machine: executors connect to an address of their
 * own, where all that passes in either direction is recorded on its way to the command.
 */
final class Wire implements AutoCloseable {

  /** The address that executors know. */
  static final String ADDRESS = "127.0.0.2";

  private final ServerSocket server;
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Wire(ServerSocket server) {
    this.server = server;
  }

  /** Begins to record; the command listens at the same port. */
  static Wire record() throws IOException {
    Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getByName(ADDRESS)));
    thread(wire::accept);
    return wire;
  }

  int port() {
    return server.getLocalPort();
  }

  /** What passed until now, a character a byte. */
  String passed() {
    synchronized (passed) {
      return passed.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket executor = server.accept();
      Socket command = new Socket(InetAddress.getLoopbackAddress(), port());
      open.add(executor);
      open.add(command);
      thread(() -> pass(executor, command));
      thread(() -> pass(command, executor));
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    byte[] bytes = new byte[1 << 16];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        synchronized (passed) {
          passed.write(bytes, 0, n);
        }
        out.write(bytes, 0, n);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A connection that ends is no failure. */
  private static void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                return;
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
