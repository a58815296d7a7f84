package org.consentry.problem;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Why a database does not do what it was asked.
 *
 * <p><b>Security promise:</b> the words of a driver may have addresses, users, passwords and values
 * of cells. Only the kind of its exception and its code are looked at, and none is a cause.
 *
 * @param category TEMPORARY when another try may succeed
 * @param message what is wrong, as the end of a sentence about "it", the database
 * @param hint what to do
 */
public record DatabaseFailure(Category category, String message, String hint) {

  private static final int UNKNOWN_DATABASE_OF_MYSQL = 1049;

  /** Classes of SQLSTATE whose cause only a person can remove: data, syntax, permission. */
  private static final Set<String> PERMANENT = Set.of("0A", "21", "22", "23", "42", "44");

  /**
   * What an exception of a driver shows.
   *
   * @param permanent what a failure is that only a person can remove
   */
  public static DatabaseFailure of(SQLException failed, Category permanent) {
    String code = code(failed);
    if (has(failed, UnknownHostException.class)) {
      return temporary("its host is unknown", "check the host in its address and the name service");
    }
    if (hasTls(failed)) {
      return new DatabaseFailure(
          permanent,
          "the connection cannot be encrypted, or its certificate is not trusted",
          "check TLS of the server, and the certificate authorities that its address names"
              + " (sslrootcert)");
    }
    if (has(failed, ConnectException.class)
        || has(failed, NoRouteToHostException.class)
        || code.equals("08001")) {
      return temporary(
          "its host refuses the connection or does not answer",
          "check that the database is started, and host and port in its address");
    }
    if (has(failed, SocketTimeoutException.class)) {
      return temporary(
          "it does not answer in time", "check that the database works, and the time limit");
    }
    if (code.startsWith("28")) {
      return new DatabaseFailure(
          permanent, "it refuses the user or the password", "check user and password");
    }
    if (code.equals("3D000")
        || (code.equals("42000") && failed.getErrorCode() == UNKNOWN_DATABASE_OF_MYSQL)) {
      return new DatabaseFailure(
          permanent,
          "it has no database of that name",
          "create the database, or check its name in its address");
    }
    return ofStatement(failed, code, permanent);
  }

  /**
   * Whether another try can fix a failure of a framework over a database: TEMPORARY when it may, by
   * the exception of the driver inside of it; RUN_FAILED when a person must change something, and
   * when there is none.
   */
  public static Category category(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException failed) {
        return of(failed, Category.RUN_FAILED).category();
      }
    }
    return Category.RUN_FAILED;
  }

  private static DatabaseFailure ofStatement(SQLException failed, String code, Category permanent) {
    if (code.equals("55P03")) {
      return temporary(
          "another session has locked what is to be read", "find out which, and let it end");
    }
    if (code.equals("57014")) {
      return temporary(
          "a query took longer than the time limit or was cancelled",
          "look at the load of the database, or raise the time limit");
    }
    if (code.startsWith("57P") || code.startsWith("08") || has(failed, SocketException.class)) {
      return temporary("the connection was cut", "look at the log of the database");
    }
    if (code.equals("42501")) {
      return new DatabaseFailure(
          permanent,
          "the user may not read all of it",
          "grant SELECT on it, and see that no row security hides rows from the user");
    }
    boolean isPermanent = code.length() == 5 && PERMANENT.contains(code.substring(0, 2));
    return new DatabaseFailure(
        isPermanent ? permanent : Category.TEMPORARY,
        "it failed with SQLSTATE " + code,
        "look at the log of the database");
  }

  private static DatabaseFailure temporary(String message, String hint) {
    return new DatabaseFailure(Category.TEMPORARY, message, hint);
  }

  private static String code(SQLException failed) {
    String code = String.valueOf(failed.getSQLState());
    return code.matches("[0-9A-Z]{5}") ? code : "unknown";
  }

  private static boolean hasTls(Throwable failed) {
    for (Throwable each = failed; each != null; each = each.getCause()) {
      if (each instanceof GeneralSecurityException
          || each.getClass().getName().startsWith("javax.net.ssl.")) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Throwable failed, Class<? extends Exception> kind) {
    for (Throwable each = failed; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The problem.
   *
   * @param subject what does not work, the beginning of the sentence
   */
  public ProblemException problem(String code, Place place, String subject) {
    String again = category == Category.TEMPORARY ? hint + ", then try again" : hint;
    return ProblemException.of(category, code, place, subject + ": " + message, again);
  }
}
