package org.consentry.service.notice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.consentry.testing.Program;

/**
 * A certificate for the name localhost, and for no address, with its key.
 *
 * @param store PKCS #12
 * @param pem the certificate alone
 */
record TestCertificate(Path store, Path pem) {

  static final String PASSWORD = "changeit";

  /** A new one in a folder. */
  static TestCertificate in(Path folder) throws IOException, InterruptedException {
    TestCertificate made =
        new TestCertificate(folder.resolve("server.p12"), folder.resolve("server.pem"));
    made.keytool("-genkeypair", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
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

  /** What a server with this certificate uses. */
  SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
