package org.consentry.service.notice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Which certificates of other servers are trusted. */
public final class Certificates {

  private Certificates() {}

  /**
   * Those of a file in PEM form, and no other.
   *
   * @throws ProblemException category FILES_INVALID when there is none in it
   */
  public static SSLContext of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("certificate-" + store.size(), one);
      }
      if (store.size() == 0) {
        throw unusable(file);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unreadable) {
      throw unusable(file);
    }
  }

  private static ProblemException unusable(Path file) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "NOTICE_CERTIFICATES",
        Place.of(file),
        "expected certificates in PEM form",
        "write the certificate of the server's authority into it");
  }
}
