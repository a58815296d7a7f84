package org.consentry.service;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.consentry.data.Sha256;
import org.consentry.problem.ProblemException;

/**
 * Which account of the provider has a name: the first that signed in by it. Safe for any number of
 * threads.
 *
 * <p><b>Security promise:</b> a name that the provider gives to a second account is none of that
 * account here.
 */
final class Accounts implements BiPredicate<String, String> {

  private final SmallFile<Account> files;

  Accounts(ServiceFolder folder) {
    this.files = new SmallFile<>(folder.accounts(), Account.class);
  }

  /**
   * An account that signed in.
   *
   * @param account issuer and subject, as a hash
   */
  record Account(String name, String account) {}

  /**
   * Whether a name is of an account. A name that is new is from now on.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  @Override
  public synchronized boolean test(String name, String account) {
    String file = Sha256.hex(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    Optional<Account> known = files.find(file);
    if (known.isEmpty() && !files.isThere(file)) {
      files.write(file, new Account(name, account));
      return true;
    }
    return known.filter(one -> one.account().equals(account)).isPresent();
  }
}
