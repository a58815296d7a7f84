package org.consentry.service;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request as bytes, with headers that a client of the JDK sets itself.
 *
 * @param text of the request
 */
record RawRequest(String text) {

  /** A request that reads a page. */
  static RawRequest get(String path, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("Host", "localhost"));
    all.putAll(headers);
    StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return new RawRequest(text + "Connection: close\r\n\r\n");
  }

  /** The whole answer. */
  String over(Socket socket) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
