package org.consentry.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another try is worth it only where the database may answer otherwise. */
final class DatabaseFailureTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "40P01", "53300", "57P03", "HYT00"})
  void connectionsDeadlocksAndFullServersMayPass(String state) {
    assertThat(DatabaseFailure.category(new SQLException("words", state)))
        .isEqualTo(Category.TEMPORARY);
    assertThat(DatabaseFailure.category(new IllegalStateException(new SQLException("", state))))
        .as("inside another failure")
        .isEqualTo(Category.TEMPORARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"28P01", "42501", "42P01", "3D000"})
  void rightsAndTablesNeedAPerson(String state) {
    assertThat(DatabaseFailure.category(new SQLException("words", state)))
        .isEqualTo(Category.RUN_FAILED);
  }

  @Test
  void aMissingTableOfARealDatabaseNeedsAPerson() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:hsqldb:mem:failures", "SA", "")) {
      SQLException missing =
          catchThrowableOfType(
              SQLException.class,
              () -> connection.createStatement().executeQuery("SELECT * FROM AWAY"));

      assertThat(DatabaseFailure.category(missing)).isEqualTo(Category.RUN_FAILED);
    }
  }

  @Test
  void whatIsNoFailureOfADatabaseNeedsAPerson() {
    assertThat(DatabaseFailure.category(new IllegalStateException("any")))
        .isEqualTo(Category.RUN_FAILED);
  }
}
