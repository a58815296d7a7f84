package org.consentry.config.yaml;

import org.consentry.config.Node;
import org.consentry.config.SafeWord;
import org.consentry.data.Placeholder;
import org.consentry.problem.Problems;

/** Finds every placeholder of a file that a person has not replaced, whatever the key. */
final class Placeholders {

  private final Problems problems;

  Placeholders(Problems problems) {
    this.problems = problems;
  }

  /** Reports the placeholders of a file. */
  void check(Node.Mapping root) {
    mapping("", root);
  }

  private void mapping(String above, Node.Mapping mapping) {
    for (Node.Entry entry : mapping.entries()) {
      text("a key", new Node.Scalar(entry.place(), entry.key(), Node.Scalar.Style.PLAIN));
      node(above, entry.key(), entry.value());
    }
  }

  private void node(String above, String key, Node node) {
    if (node instanceof Node.Mapping mapping) {
      mapping(key, mapping);
    } else if (node instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> node(above, key, item));
    } else {
      text(SafeWord.word(above.isEmpty() ? key : above + "." + key), (Node.Scalar) node);
    }
  }

  private void text(String where, Node.Scalar scalar) {
    Placeholder.in(scalar.text())
        .map(SafeWord::asked)
        .ifPresent(
            asked ->
                problems.error(
                    "PLACEHOLDER",
                    scalar.place(),
                    where + " still has the placeholder " + Placeholder.of(asked),
                    "write that in its place, without brackets"));
  }
}
