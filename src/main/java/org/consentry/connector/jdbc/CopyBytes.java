package org.consentry.connector.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.copy.CopyOut;

/** What PostgreSQL copies out. */
final class CopyBytes extends RowBytes {

  private final CopyOut copy;

  CopyBytes(CopyOut copy, String shown) {
    super(shown);
    this.copy = copy;
  }

  @Override
  Optional<ByteBuffer> nextRow() throws SQLException {
    return Optional.ofNullable(copy.readFromCopy()).map(ByteBuffer::wrap);
  }

  /** A copy that was not read to its end is left to the closing of its connection. */
  @Override
  public void close() {}
}
