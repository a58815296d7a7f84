package org.consentry.service;

import java.util.Set;

/**
 * A person who signs in by a password.
 *
 * @param name what the person types
 * @param hash of the password, of bcrypt
 * @param roles at least one
 */
record LocalUser(String name, String hash, Set<Role> roles) {

  LocalUser {
    roles = Set.copyOf(roles);
  }

  /** Shows the name alone. */
  @Override
  public String toString() {
    return "LocalUser[" + name + "]";
  }
}
