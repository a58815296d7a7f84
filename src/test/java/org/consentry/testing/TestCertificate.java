package org.consentry.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of a server, with its key.
 *
 * @param store PKCS #12
 * @param pem the certificate alone
 */
public record TestCertificate(Path store, Path pem) {

  /** The password of the store. */
  public static final String PASSWORD = "changeit";

  /** A new one in a folder, for the name localhost and for no address. */
  public static TestCertificate in(Path folder) throws IOException, InterruptedException {
    return in(folder, "dns:localhost");
  }

  /**
   * A new one in a folder.
   *
   * @param names for which it is valid, such as {@code dns:localhost,ip:127.0.0.2}
   */
  public static TestCertificate in(Path folder, String names)
      throws IOException, InterruptedException {
    TestCertificate made =
        new TestCertificate(folder.resolve("server.p12"), folder.resolve("server.pem"));
    made.keytool("-genkeypair", "-dname", "CN=localhost", "-ext", "SAN=" + names);
    made.keytool("-exportcert", "-rfc", "-file", made.pem.toString());
    return made;
  }

  private void keytool(String... words) throws IOException, InterruptedException {
    String[] all = new String[words.length + 11];
    all[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(words, 0, all, 1, words.length);
    String[] common = {
      "-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12", "-alias", "a"
    };
    System.arraycopy(common, 0, all, 1 + words.length, common.length);
    boolean isNew = words[0].equals("-genkeypair");
    all[9 + words.length] = isNew ? "-keyalg" : "-v";
    all[10 + words.length] = isNew ? "EC" : "-v";
    Program.Ended ended = Program.of(all).run();
    if (ended.exitCode() != 0) {
      throw new IOException(ended.text());
    }
  }

  /** Writes its key beside it, in PEM form. */
  public Path key() throws IOException, GeneralSecurityException {
    Key key = keys().getKey("a", PASSWORD.toCharArray());
    return Files.writeString(
        pem.resolveSibling("server.key"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** What a server with this certificate uses. */
  public SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore keys = keys();
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
