package org.consentry.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Signs in by name and password.
 *
 * <p><b>Security promise:</b> an answer takes as long for an unknown name as for a wrong password,
 * and both are answered alike.
 */
final class LocalSignIn implements AuthenticationProvider {

  /** Salt and hash of a password that is forgotten, to compare with where there is no user. */
  private static final String FORGOTTEN = "R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

  private static final int USUAL_STRENGTH = 12;

  private static final String REFUSED = "name or password is wrong";

  private static final int LONGEST = 72;
  private static final int MOST_AT_ONCE = 8;

  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Semaphore turns = new Semaphore(2, true);
  private final Map<String, LocalUser> users;
  private final LockOut lockOut;
  private final String noUser;

  LocalSignIn(Map<String, LocalUser> users, LockOut lockOut) {
    this.users = Map.copyOf(users);
    this.lockOut = lockOut;
    this.noUser = noUser(users);
  }

  /** As strong as the strongest of the users, so that it takes as long. */
  static String noUser(Map<String, LocalUser> users) {
    int strength =
        users.values().stream()
            .mapToInt(user -> Integer.parseInt(user.hash().substring(4, 6)))
            .max()
            .orElse(USUAL_STRENGTH);
    return String.format(Locale.ROOT, "$2a$%02d$%s", strength, FORGOTTEN);
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String name = given.getName();
    String password = String.valueOf(given.getCredentials());
    if (name.length() > LONGEST || password.length() > LONGEST) {
      throw new BadCredentialsException(REFUSED);
    }
    if (!places.tryAcquire()) {
      throw new AuthenticationServiceException("too many sign in at once");
    }
    try {
      return inTurn(name, password);
    } finally {
      places.release();
    }
  }

  /** Whether another one may wait for its turn. */
  boolean isFree() {
    return places.availablePermits() > 0;
  }

  /** Two at a time, so that many tries at once leave time for others. */
  private Authentication inTurn(String name, String password) {
    turns.acquireUninterruptibly();
    try {
      if (lockOut.isLocked(name)) {
        throw new LockedException(REFUSED);
      }
      LocalUser user = users.get(name);
      boolean matches = BCrypt.checkpw(password, user == null ? noUser : user.hash());
      if (user == null || !matches) {
        lockOut.failed(name);
        throw new BadCredentialsException(REFUSED);
      }
      lockOut.succeeded(name);
      return UsernamePasswordAuthenticationToken.authenticated(name, "", authorities(user));
    } finally {
      turns.release();
    }
  }

  private static List<GrantedAuthority> authorities(LocalUser user) {
    return user.roles().stream()
        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
        .map(GrantedAuthority.class::cast)
        .toList();
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
