package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

  private static final MediaType TEXT = MediaType.parseMediaType(Metrics.CONTENT_TYPE);

  private final Optional<MetricsToken> token;
  private final Metrics metrics;

  MetricsController(ServiceSettings settings, Metrics metrics) {
    this.token = settings.metrics().token();
    this.metrics = metrics;
  }

  @GetMapping("/actuator/prometheus")
  ResponseEntity<byte[]> show(HttpServletRequest request) {
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
        .body(metrics.all().getBytes(StandardCharsets.UTF_8));
  }
}
