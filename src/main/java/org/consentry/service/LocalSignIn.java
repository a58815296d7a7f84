package org.consentry.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.security.authentication.AuthenticationProvider;
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

  /** The hash of a password that is forgotten, to compare with where there is no user. */
  private static final String NO_USER =
      "$2a$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW";

  private static final String REFUSED = "name or password is wrong";

  private static final int LONGEST = 72;

  private final Semaphore turns = new Semaphore(2, true);
  private final Map<String, LocalUser> users;
  private final LockOut lockOut;

  LocalSignIn(Map<String, LocalUser> users, LockOut lockOut) {
    this.users = Map.copyOf(users);
    this.lockOut = lockOut;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String name = given.getName();
    String password = String.valueOf(given.getCredentials());
    if (name.length() > LONGEST || password.length() > LONGEST) {
      throw new BadCredentialsException(REFUSED);
    }
    if (lockOut.isLocked(name)) {
      throw new LockedException(REFUSED);
    }
    LocalUser user = users.get(name);
    String hash = user == null ? NO_USER : user.hash();
    boolean matches = matches(password, hash);
    if (user == null || !matches) {
      lockOut.failed(name);
      throw new BadCredentialsException(REFUSED);
    }
    lockOut.succeeded(name);
    return UsernamePasswordAuthenticationToken.authenticated(name, "", authorities(user));
  }

  /** Two at a time, so that many tries at once leave time for others. */
  private boolean matches(String password, String hash) {
    turns.acquireUninterruptibly();
    try {
      return BCrypt.checkpw(password, hash);
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
