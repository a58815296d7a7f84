package org.consentry.operator.rules;

import java.util.function.Function;
import org.consentry.operator.Answer;

/**
 * One test of a rule, compiled. Pure and thread-safe.
 *
 * @param words what it asks, as in the file
 * @param ask asks it of a row
 * @param blame why its answer is unknown, when it is
 */
record Check(String words, Function<Facts, Answer> ask, Function<Facts, Reason> blame) {

  /** A check of something that is never unknown. */
  static Check known(String words, Function<Facts, Answer> ask) {
    return new Check(words, ask, facts -> Reason.BY_RULE);
  }

  /** This one and another one. */
  Check and(Check other) {
    return joined(other, " and ", facts -> ask.apply(facts).and(other.ask.apply(facts)));
  }

  /** This one or another one. */
  Check or(Check other) {
    return joined(other, " or ", facts -> ask.apply(facts).or(other.ask.apply(facts)));
  }

  private Check joined(Check other, String word, Function<Facts, Answer> both) {
    return new Check(
        words + word + other.words,
        both,
        facts ->
            ask.apply(facts) == Answer.UNKNOWN ? blame.apply(facts) : other.blame.apply(facts));
  }

  /** The opposite. */
  Check not() {
    return new Check("not: " + words, facts -> ask.apply(facts).not(), blame);
  }

  /** The same under other words. */
  Check named(String name) {
    return new Check(name, ask, blame);
  }
}
