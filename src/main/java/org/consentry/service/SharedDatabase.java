package org.consentry.service;

/**
 * A database that several services share.
 *
 * <p><b>Security promise:</b> toString shows nothing.
 *
 * @param url address of the database
 * @param user empty when the address needs none
 * @param password empty when it needs none
 */
public record SharedDatabase(String url, String user, String password) {

  /** Whether it is a kind of database that the timetable can be in. */
  boolean isSupported() {
    return url.startsWith("jdbc:postgresql:");
  }

  @Override
  public String toString() {
    return "SharedDatabase";
  }
}
