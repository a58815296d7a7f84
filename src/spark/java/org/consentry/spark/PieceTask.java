package org.consentry.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * One task: does the partition whose position it gets. What it needs is broadcast.
 *
 * <p>The result is what went wrong, as bytes without a class of ours. A task never throws for a
 * problem, because Spark would try it again and log it.
 */
final class PieceTask extends AbstractFunction1<Iterator<Integer>, byte[]> implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<String> libraries;
  private final List<String> names;
  private final Map<String, Broadcast<byte[][]>> contents;

  /**
   * A task.
   *
   * @param libraries names of the files of our program, as Spark sends them
   * @param names names of what is broadcast, in order
   */
  PieceTask(List<String> libraries, List<String> names, Map<String, Broadcast<byte[][]>> contents) {
    this.libraries = libraries;
    this.names = names;
    this.contents = contents;
  }

  @Override
  public byte[] apply(Iterator<Integer> positions) {
    int position = positions.next();
    return ExecutorProcess.run(
        libraries,
        names,
        name ->
            Pieces.open(
                Optional.ofNullable(contents.get(name))
                    .map(Broadcast::value)
                    .orElseThrow(() -> new IllegalStateException("this was not sent"))),
        position);
  }
}
