package org.consentry.service;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the sessions in which no person has signed in: each ends after two minutes, and of more
 * than a thousand the oldest ones end at once. A session gets another id when a person signs in.
 * Safe for any number of threads.
 */
final class SessionsBefore implements HttpSessionListener, HttpSessionIdListener {

  /** How many there are at most. */
  static final int MOST = 1_000;

  private static final int SECONDS = 120;

  private final Map<String, HttpSession> sessions = new LinkedHashMap<>();
  private final Duration idle;

  /**
   * Bounds them.
   *
   * @param idle after so long without a request the session of a person ends
   */
  SessionsBefore(Duration idle) {
    this.idle = idle;
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    event.getSession().setMaxInactiveInterval(SECONDS);
    added(event.getSession()).ifPresent(SessionsBefore::end);
  }

  private synchronized Optional<HttpSession> added(HttpSession session) {
    sessions.put(session.getId(), session);
    return sessions.size() > MOST
        ? Optional.ofNullable(sessions.remove(sessions.keySet().iterator().next()))
        : Optional.empty();
  }

  private static void end(HttpSession oldest) {
    try {
      oldest.invalidate();
    } catch (IllegalStateException ended) {
      return; // It has just ended by itself.
    }
  }

  @Override
  public synchronized void sessionIdChanged(HttpSessionEvent event, String before) {
    sessions.remove(before);
    event.getSession().setMaxInactiveInterval(Math.toIntExact(idle.toSeconds()));
  }

  @Override
  public synchronized void sessionDestroyed(HttpSessionEvent event) {
    sessions.remove(event.getSession().getId());
  }
}
