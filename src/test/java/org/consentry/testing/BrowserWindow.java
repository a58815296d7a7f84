package org.consentry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A window of Chromium that a test uses as a person does: it opens pages, types, presses keys and
 * looks. It is driven by the DevTools protocol. Close it, so that the browser ends.
 */
public final class BrowserWindow implements AutoCloseable {

  private static final long SECONDS = 120;
  private static final long PAUSE = 20_000_000; // nanoseconds

  /** The rules of WCAG 2.2 AA that a program can check. */
  private static final String RULES =
      "{resultTypes:['violations'],runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']}";

  private final Process browser;
  private final WebSocket socket;
  private final Answers answers;
  private final AtomicInteger numbers = new AtomicInteger();
  private boolean isWithoutScript;

  private BrowserWindow(Process browser, WebSocket socket, Answers answers) {
    this.browser = browser;
    this.socket = socket;
    this.answers = answers;
  }

  /** Whether this machine has the browser. */
  public static boolean isPossible() {
    return Program.isInstalled("chromium");
  }

  /**
   * Opens a window.
   *
   * @param place an empty folder of the test, for the browser's own files
   */
  public static BrowserWindow open(Path place) throws IOException, InterruptedException {
    Path profile = Files.createDirectories(place.resolve("profile"));
    Process browser =
        Program.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .start(place.resolve("browser.log"));
    Answers answers = new Answers();
    HttpClient http = HttpClient.newHttpClient();
    WebSocket socket =
        http.newWebSocketBuilder().buildAsync(page(http, port(profile, browser)), answers).join();
    BrowserWindow window = new BrowserWindow(browser, socket, answers);
    for (String domain : List.of("Page", "Runtime", "Log", "DOM")) {
      window.send(domain + ".enable", Map.of());
    }
    return window;
  }

  private static int port(Path profile, Process browser) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && browser.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) {
        return Integer.parseInt(lines.get(0));
      }
      LockSupport.parkNanos(PAUSE);
    }
    throw new IllegalStateException("the browser does not begin");
  }

  private static URI page(HttpClient http, int port) throws IOException, InterruptedException {
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    String text =
        http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    for (JsonNode target : JsonMapper.shared().readTree(text)) {
      if (target.path("type").asString().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asString());
      }
    }
    throw new IllegalStateException("the browser has no page");
  }

  /** What the browser answers and reports. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        JsonNode message = JsonMapper.shared().readTree(text.toString());
        text.setLength(0);
        take(message);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> waiting = asked.remove(message.path("id").asInt());
        if (waiting != null) {
          waiting.complete(message);
        }
        return;
      }
      switch (message.path("method").asString()) {
        case "Page.loadEventFired" -> loads.add("loaded");
        case "Log.entryAdded" -> {
          JsonNode entry = message.at("/params/entry");
          if (entry.path("level").asString().equals("error")) {
            complaints.add(entry.path("text").asString() + " " + entry.path("url").asString());
          }
        }
        case "Runtime.exceptionThrown" ->
            complaints.add(message.at("/params/exceptionDetails/text").asString());
        default -> {}
      }
    }
  }

  private JsonNode send(String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.asked.put(number, answer);
    String text =
        JsonMapper.shared()
            .writeValueAsString(Map.of("id", number, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    JsonNode message = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new IllegalStateException(method + ": " + message.path("error"));
    }
    return message.path("result");
  }

  /** Makes the window so wide and high, as a phone or a screen has it. */
  public BrowserWindow size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /**
   * Shows pages in a colour scheme and for a medium.
   *
   * @param scheme {@code light} or {@code dark}
   * @param medium {@code screen} or {@code print}
   */
  public BrowserWindow look(String scheme, String medium) {
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    return this;
  }

  /** Shows pages that are opened from here on without their script. */
  public BrowserWindow withoutScript() {
    isWithoutScript = true;
    script(false);
    return this;
  }

  private void script(boolean isPermitted) {
    send("Emulation.setScriptExecutionDisabled", Map.of("value", !isPermitted));
  }

  /** Opens a page and waits until it is whole. */
  public BrowserWindow open(String address) throws InterruptedException {
    return loading(() -> send("Page.navigate", Map.of("url", address)));
  }

  private BrowserWindow loading(Runnable work) throws InterruptedException {
    answers.loads.clear();
    work.run();
    if (answers.loads.poll(SECONDS, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("the page does not come");
    }
    return this;
  }

  /** Clicks what a selector finds first, and waits for the next page. */
  public BrowserWindow click(String selector) throws InterruptedException {
    return loading(() -> run("document.querySelector(" + quoted(selector) + ").click()"));
  }

  /** Writes into a field. */
  public BrowserWindow type(String selector, String text) {
    run("document.querySelector(" + quoted(selector) + ").value=" + quoted(text));
    return this;
  }

  /** Chooses a file in a field for files. */
  public BrowserWindow choose(String selector, Path file) {
    int root = send("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
    int node =
        send("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
            .path("nodeId")
            .asInt();
    send(
        "DOM.setFileInputFiles",
        Map.of("nodeId", node, "files", List.of(file.toAbsolutePath().toString())));
    return this;
  }

  /** Presses a key. */
  public BrowserWindow press(String key, int code) {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
    }
    return this;
  }

  /** What an expression of script gives, as text. */
  public String run(String script) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + answer.path("exceptionDetails"));
    }
    JsonNode value = answer.at("/result/value");
    return value.isString() ? value.asString() : value.toString();
  }

  /** All text that the page shows; none while another page comes. */
  public String text() {
    return run("document.body ? document.body.innerText : ''");
  }

  /** Waits until a page that changes shows a text, for a while. */
  public boolean shows(String text) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end) {
      if (text().contains(text)) {
        return true;
      }
      LockSupport.parkNanos(5 * PAUSE);
    }
    return false;
  }

  /** How wide the page is, which is more than the window where it has to be scrolled. */
  public int width() {
    return Integer.parseInt(run("document.scrollingElement.scrollWidth"));
  }

  /**
   * What WCAG 2.2 AA has against the page, as far as axe can see it: a rule and a place each. Axe
   * itself is script: it looks at a page whose own script did not run.
   */
  public List<String> violations() throws IOException {
    if (!isWithoutScript) {
      return judged();
    }
    script(true);
    List<String> violations = judged();
    script(false);
    return violations;
  }

  private List<String> judged() throws IOException {
    run(axe() + ";0");
    JsonNode found =
        JsonMapper.shared()
            .readTree(
                run(
                    "axe.run(document,"
                        + RULES
                        + ").then(found=>JSON.stringify(found.violations.flatMap(rule=>"
                        + "rule.nodes.map(node=>rule.id+': '+node.target.join(' ')+' '"
                        + "+node.failureSummary))))"));
    List<String> violations = new ArrayList<>();
    found.forEach(one -> violations.add(one.asString()));
    return violations;
  }

  private static String axe() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BrowserWindow.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the browser refused or could not do, such as what a page's policy forbids. */
  public List<String> complaints() {
    return List.copyOf(answers.complaints);
  }

  /** Takes a picture of the whole page. */
  public void picture(Path file) throws IOException {
    JsonNode answer =
        send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asString()));
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  @Override
  public void close() {
    socket.abort();
    browser.descendants().forEach(ProcessHandle::destroyForcibly);
    browser.destroyForcibly();
    browser.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }
}
