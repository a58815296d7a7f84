package org.consentry.spark;

import java.util.stream.IntStream;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Numbers as Scala has them. */
final class Numbers {

  private Numbers() {}

  /** The numbers from 0 to below a count. */
  static Seq<Object> upTo(int count) {
    return CollectionConverters.asScala(
            IntStream.range(0, count).boxed().<Object>map(number -> number).toList())
        .toSeq();
  }
}
