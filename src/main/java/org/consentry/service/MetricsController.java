package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Metrics for Prometheus, which cannot sign in as people do: it shows a token, which is too long to
 * be guessed. Wrong tokens lock no address, so that no other program of the machine can lock out
 * Prometheus. Without a token in the settings there is no such page.
 */
@Controller
final class MetricsController {

  private static final MediaType TEXT =
      MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

  private final Optional<MetricsToken> token;
  private final StateReader reader;

  MetricsController(ServiceSettings settings, StateReader reader) {
    this.token = settings.metrics().token();
    this.reader = reader;
  }

  @GetMapping("/metrics")
  ResponseEntity<byte[]> metrics(HttpServletRequest request) {
    if (token.isEmpty()) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
    }
    if (!token.get().isIn(request.getHeader(HttpHeaders.AUTHORIZATION))) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
          .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
          .build();
    }
    return ResponseEntity.ok()
        .contentType(TEXT)
        .body(Metrics.text(reader, OptionalInt.empty()).getBytes(StandardCharsets.UTF_8));
  }
}
