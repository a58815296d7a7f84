package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Many tries at once get no further than the same tries one after the other. */
final class LocalSignInTest {

  private static final int AT_ONCE = 8;
  private static final String HASH = BCrypt.hashpw(Site.PASSWORD, BCrypt.gensalt(10));

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static LocalSignIn signIn(Supplier<Instant> clock) {
    return new LocalSignIn(
        Map.of("ada", new LocalUser("ada", HASH, Set.of(Role.VIEWER))), new LockOut(clock));
  }

  private static Class<?> answer(LocalSignIn signIn, String password) {
    try {
      return signIn
          .authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ada", password))
          .getClass();
    } catch (RuntimeException refused) {
      return refused.getClass();
    }
  }

  @Test
  void triesAtOnceAreLockedAsTriesInTurnAre() throws Exception {
    LocalSignIn signIn = signIn(() -> Instant.EPOCH);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Class<?>>> tries = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      tries.add(
          threads.submit(
              () -> {
                start.await();
                return answer(signIn, "wrong");
              }));
    }
    start.countDown();

    int compared = 0;
    for (Future<Class<?>> one : tries) {
      Class<?> answer = one.get();
      assertThat(answer).isIn(BadCredentialsException.class, LockedException.class);
      compared += answer.equals(BadCredentialsException.class) ? 1 : 0;
    }
    assertThat(compared).isBetween(5, 6);
  }

  @Test
  void moreThanEightAtOnceAreAskedToTryAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    LocalSignIn signIn =
        signIn(
            () -> {
              begun.countDown();
              awaited(goOn);
              return Instant.EPOCH;
            });
    List<Future<Class<?>>> tries = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      tries.add(threads.submit(() -> answer(signIn, Site.PASSWORD)));
    }
    begun.await();

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (signIn.isFree() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    Class<?> next = answer(signIn, Site.PASSWORD);
    goOn.countDown();

    assertThat(next).isEqualTo(AuthenticationServiceException.class);
    for (Future<Class<?>> one : tries) {
      assertThat(one.get()).isEqualTo(UsernamePasswordAuthenticationToken.class);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anUnknownNameIsComparedWithTheGreatestStrengthOfTheUsers() {
    String strong = HASH.replace("$10$", "$14$");
    String noUser =
        LocalSignIn.noUser(
            Map.of(
                "ada",
                new LocalUser("ada", HASH, Set.of(Role.VIEWER)),
                "bob",
                new LocalUser("bob", strong, Set.of(Role.VIEWER))));

    assertThat(noUser).startsWith("$2a$14$").hasSize(60);
    assertThatThrownBy(
            () ->
                signIn(() -> Instant.EPOCH)
                    .authenticate(
                        UsernamePasswordAuthenticationToken.unauthenticated("eve", "any")))
        .isInstanceOf(BadCredentialsException.class);
  }
}
