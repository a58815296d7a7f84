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
public record Check(String words, Function<Facts, Answer> ask, Function<Facts, Reason> blame) {

  /** Another one and this one must hold. */
  Check and(Check other) {
    return new Check(
        words + " and " + other.words,
        facts -> ask.apply(facts).and(other.ask.apply(facts)),
        facts ->
            ask.apply(facts) == Answer.UNKNOWN ? blame.apply(facts) : other.blame.apply(facts));
  }

  /** Another one or this one must hold. */
  Check or(Check other) {
    return new Check(
        words + " or " + other.words,
        facts -> ask.apply(facts).or(other.ask.apply(facts)),
        facts ->
            ask.apply(facts) == Answer.UNKNOWN ? blame.apply(facts) : other.blame.apply(facts));
  }

  /** The same under other words. */
  Check named(String name) {
    return new Check(name, ask, blame);
  }
}
