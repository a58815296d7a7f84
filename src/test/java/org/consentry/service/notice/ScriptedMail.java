package org.consentry.service.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A mail server that answers as a test wants it to. One connection after the other. */
final class ScriptedMail implements AutoCloseable {

  private final ServerSocket socket;
  private final Map<String, String> answers;

  /**
   * Starts one.
   *
   * @param answers by the beginning of a line; a dot is the end of the mail; an empty answer ends
   *     the connection, and a line without an answer is answered with 250
   */
  ScriptedMail(Map<String, String> answers) throws IOException {
    this.answers = answers;
    this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-mail");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      serveOne();
    }
  }

  private void serveOne() {
    try (Socket one = socket.accept()) {
      talk(one);
    } catch (IOException ended) {
      return;
    }
  }

  private void talk(Socket one) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
    write(one, "220 test");
    boolean isMail = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      boolean isEnd = line.equals(".");
      if (!isMail || isEnd) {
        String answer = answer(line);
        if (answer.isEmpty()) {
          return;
        }
        write(one, answer);
        isMail = answer.startsWith("354");
      }
    }
  }

  private String answer(String line) {
    return answers.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(line.startsWith("DATA") ? "354 go on" : "250 fine");
  }

  private static void write(Socket one, String line) throws IOException {
    OutputStream out = one.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
