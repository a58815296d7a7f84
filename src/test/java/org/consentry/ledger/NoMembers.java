package org.consentry.ledger;

/** A release without members. */
public final class NoMembers implements MembershipWriter.Members {

  @Override
  public int count() {
    return 0;
  }

  @Override
  public void digest(int member, byte[] into, int at) {}

  @Override
  public int grants(int member) {
    return 0;
  }

  @Override
  public void code(int member, int code, byte[] into, int at) {}

  @Override
  public int first(int member, int table) {
    return 0;
  }

  @Override
  public int last(int member, int table) {
    return -1;
  }
}
