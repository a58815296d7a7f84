package org.consentry.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider on this machine: discovery, keys, a form where a person chooses an account,
 * codes that count once and need their PKCE verifier, and tokens signed by RSA. A test may have it
 * state what no honest provider states. It is asked for by the name localhost, which is another
 * site than 127.0.0.1 for a browser.
 */
public final class OpenIdServer implements AutoCloseable {

  /** The id of the one client that it knows. */
  public static final String CLIENT = "consentry-test";

  /** The secret of that client. */
  public static final String SECRET = "canary-client-secret+/=";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ACCESS_TOKEN = "canary-access-token";
  private static final long LIFE = 300;

  /** Pairs of keys take long to find, so that all servers of a process have the same. */
  private static final KeyPair FIRST = newKeys();

  private static final KeyPair SECOND = newKeys();
  private static final KeyPair ANOTHER = newKeys();

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  private volatile Consumer<Map<String, Object>> claims = all -> {};
  private volatile UnaryOperator<Map<String, Object>> publish = all -> all;
  private volatile Map<String, Object> info = Map.of();
  private volatile KeyPair keys = FIRST;
  private volatile String keyName = "one";
  private volatile String error = "";
  private volatile Signing signing = this::signed;
  private volatile UnaryOperator<String> answer = text -> text;

  private OpenIdServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  /** Makes a token of its claims. */
  public interface Signing {

    /** A token in compact form. */
    String token(Map<String, Object> claims) throws GeneralSecurityException;
  }

  /** Starts one on any port. */
  public static OpenIdServer start() throws IOException {
    return start(HttpServer.create(place(), 0), "http");
  }

  /** Starts one on any port, with a certificate. */
  public static OpenIdServer start(SSLContext certificate) throws IOException {
    HttpsServer https = HttpsServer.create(place(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(certificate));
    return start(https, "https");
  }

  private static InetSocketAddress place() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static OpenIdServer start(HttpServer server, String scheme) {
    OpenIdServer provider = new OpenIdServer(server, scheme);
    server.setExecutor(provider.threads);
    server.createContext("/", provider::answer);
    server.start();
    return provider;
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Its address. */
  public String issuer() {
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  /** Adds an account, with what tokens state about it beside what all of them do. */
  public OpenIdServer person(String account, Map<String, Object> stated) {
    people.put(account, Map.copyOf(stated));
    return this;
  }

  /** Changes the claims of the tokens from now on. */
  public void claims(Consumer<Map<String, Object>> change) {
    claims = change;
  }

  /** Changes how tokens are signed from now on. */
  public void signing(Signing way) {
    signing = way;
  }

  /** Changes the text of the answers with tokens from now on. */
  public void answer(UnaryOperator<String> change) {
    answer = change;
  }

  /** Refuses all codes from now on, by a word; an empty one ends that. */
  public void refuse(String word) {
    error = word;
  }

  /** Signs with another key from now on, of another name, and publishes that one alone. */
  public void renewKey() {
    keys = SECOND;
    keyName = "two";
  }

  /** What its userinfo page states from now on, about whichever person. */
  public void info(Map<String, Object> stated) {
    info = Map.copyOf(stated);
  }

  /** Changes what it publishes about itself. */
  public void publish(UnaryOperator<Map<String, Object>> change) {
    publish = change;
  }

  /** Methods and paths that were asked for, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Where a person who chooses an account is led, after a service led to an address. */
  public String chosen(String address, String account) throws IOException {
    return chosen(fields(URI.create(address).getRawQuery()), account);
  }

  private String chosen(Map<String, String> asked, String account) throws IOException {
    boolean isComplete =
        CLIENT.equals(asked.get("client_id"))
            && "code".equals(asked.get("response_type"))
            && "S256".equals(asked.get("code_challenge_method"))
            && asked.containsKey("nonce")
            && Arrays.asList(asked.getOrDefault("scope", "").split(" ")).contains("openid");
    if (!isComplete) {
      throw new IOException("not what an OpenID client asks: " + asked.keySet());
    }
    String code = UUID.randomUUID().toString();
    Map<String, String> grant = new LinkedHashMap<>(asked);
    grant.put("account", account);
    codes.put(code, grant);
    return asked.get("redirect_uri")
        + "?code="
        + encoded(code)
        + "&state="
        + encoded(asked.getOrDefault("state", ""));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (path) {
        case "/.well-known/openid-configuration" -> json(exchange, 200, published());
        case "/keys" ->
            json(exchange, 200, JSON.writeValueAsString(Map.of("keys", List.of(key()))));
        case "/info" -> info(exchange);
        case "/authorize" -> authorize(exchange, body);
        case "/token" -> token(exchange, fields(body));
        case "/end" -> lead(exchange, fields(exchange.getRequestURI().getRawQuery()));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (GeneralSecurityException failed) {
      throw new IOException(failed);
    }
  }

  private String published() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("issuer", issuer());
    all.put("authorization_endpoint", issuer() + "/authorize");
    all.put("token_endpoint", issuer() + "/token");
    all.put("jwks_uri", issuer() + "/keys");
    all.put("userinfo_endpoint", issuer() + "/info");
    all.put("end_session_endpoint", issuer() + "/end");
    all.put("response_types_supported", List.of("code"));
    all.put("subject_types_supported", List.of("public"));
    all.put("id_token_signing_alg_values_supported", List.of("RS256"));
    return JSON.writeValueAsString(publish.apply(all));
  }

  private Map<String, String> key() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "use",
        "sig",
        "kid",
        keyName,
        "n",
        number(key.getModulus()),
        "e",
        number(key.getPublicExponent()));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /** A form with a button for each account; the button leads back. */
  private void authorize(HttpExchange exchange, String body) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    if (exchange.getRequestMethod().equals("POST")) {
      String next = chosen(fields(query), fields(body).getOrDefault("account", ""));
      exchange.getResponseHeaders().set("Location", next);
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    String buttons =
        people.keySet().stream()
            .map(name -> "<button name=account value=" + name + ">" + name + "</button>")
            .collect(Collectors.joining());
    send(
        exchange,
        200,
        "text/html",
        "<!DOCTYPE html><title>Accounts</title><link rel=icon href='data:,'><form method=post>"
            + buttons
            + "</form>");
  }

  private void token(HttpExchange exchange, Map<String, String> asked)
      throws IOException, GeneralSecurityException {
    Map<String, String> grant = codes.remove(asked.getOrDefault("code", ""));
    boolean isValid =
        grant != null
            && isClient(exchange)
            && "authorization_code".equals(asked.get("grant_type"))
            && grant.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
            && grant
                .getOrDefault("code_challenge", "")
                .equals(encoded(sha256(asked.getOrDefault("code_verifier", ""))));
    if (!isValid || !error.isEmpty()) {
      String word = error.isEmpty() ? "invalid_grant" : error;
      json(exchange, 400, JSON.writeValueAsString(Map.of("error", word)));
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    long now = Instant.now().getEpochSecond();
    all.put("iss", issuer());
    all.put("sub", "sub-" + grant.get("account"));
    all.put("aud", CLIENT);
    all.put("iat", now);
    all.put("exp", now + LIFE);
    all.put("auth_time", now);
    all.put("nonce", grant.get("nonce"));
    all.putAll(people.getOrDefault(grant.get("account"), Map.of()));
    claims.accept(all);
    json(
        exchange,
        200,
        answer.apply(
            JSON.writeValueAsString(
                Map.of(
                    "access_token",
                    ACCESS_TOKEN,
                    "token_type",
                    "Bearer",
                    "expires_in",
                    LIFE,
                    "id_token",
                    signing.token(all)))));
  }

  private static boolean isClient(HttpExchange exchange) {
    String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String expected = encoded(CLIENT) + ":" + encoded(SECRET);
    return sent.equals(
        "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)));
  }

  private void info(HttpExchange exchange) throws IOException {
    String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean isToken = sent.equals("Bearer " + ACCESS_TOKEN);
    json(exchange, isToken ? 200 : 401, JSON.writeValueAsString(info));
  }

  private static void lead(HttpExchange exchange, Map<String, String> asked) throws IOException {
    exchange.getResponseHeaders().set("Location", asked.get("post_logout_redirect_uri"));
    exchange.sendResponseHeaders(302, -1);
  }

  /** A token that its published key verifies. */
  public String signed(Map<String, Object> all) throws GeneralSecurityException {
    return signedBy(keys, keyName, all);
  }

  /** A token signed by another key than the published one, under its name. */
  public static String signedByAnother(Map<String, Object> all) throws GeneralSecurityException {
    return signedBy(ANOTHER, "one", all);
  }

  private static String signedBy(KeyPair keys, String name, Map<String, Object> all)
      throws GeneralSecurityException {
    String text = unsigned(Map.of("alg", "RS256", "typ", "JWT", "kid", name), all);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return text + "." + encoded(signature.sign());
  }

  /** Header and claims of a token, without a signature. */
  public static String unsigned(Map<String, Object> header, Map<String, Object> all) {
    return encoded(JSON.writeValueAsBytes(header)) + "." + encoded(JSON.writeValueAsBytes(all));
  }

  /** Bytes as a token has them. */
  public static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> fields(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : form.split("&", -1)) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2) {
        fields.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static void json(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "application/json", text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
