package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** What an operator reads of an application that did not start: a setting's name, and no value. */
final class StartFailureTest {

  private static final String NAME = "spark.executor.cores";
  private static final SparkConf CONF = new SparkConf(false).set(NAME, "s3cret");

  @Test
  void namesTheSettingThatSparkCannotReadAndNotItsValue() {
    Throwable refused = catchThrowable(() -> CONF.getInt(NAME, 1));
    assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("s3cret");

    ProblemException failure = StartFailure.of(refused, CONF);

    assertThat(failure.category()).isEqualTo(Category.USAGE);
    assertThat(failure.problems())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.place().toString()).contains(NAME);
              assertThat(one.message()).isEqualTo("Spark does not accept this setting");
            });
    assertThat(failure).hasMessageNotContaining("s3cret");
  }

  @Test
  void repeatsNoWordThatIsNoSetting() {
    ProblemException failure =
        StartFailure.of(new IllegalArgumentException("bad value spark.s3cret"), CONF);

    assertThat(failure.category()).isEqualTo(Category.USAGE);
    assertThat(failure).hasMessageContaining("--spark-settings").hasMessageNotContaining("s3cret");
  }

  @Test
  void aSparkExceptionIsOfASettingWhenItNamesOne() {
    assertThat(StartFailure.of(new SparkException(NAME + " is too large"), CONF).category())
        .isEqualTo(Category.USAGE);
    assertThat(StartFailure.of(new SparkException("no answer from s3cret"), CONF))
        .satisfies(failure -> assertThat(failure.category()).isEqualTo(Category.TEMPORARY))
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aContextThatWasStoppedWhileItStartedHadNoMaster() {
    IllegalArgumentException stopped =
        new IllegalArgumentException(
            "requirement failed: Can only call getServletHandlers on a running MetricsSystem");

    assertThat(StartFailure.of(stopped, CONF).category()).isEqualTo(Category.TEMPORARY);
  }
}
