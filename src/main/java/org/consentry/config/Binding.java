package org.consentry.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Annotations of records that are bound from a file. */
public final class Binding {

  /** The key of a map for all that it does not name. */
  static final String OTHERWISE = "default";

  private Binding() {}

  /** On a component whose type is a record: its keys are written among those of its owner. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Among {}

  /** The value of an absent key, written as in the file. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Default {

    /** A single plain value. */
    String value();
  }

  /** On a component that people read and that changes neither rows nor columns of a release. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface ForReaders {}

  /**
   * On a record with one component beside its {@link org.consentry.problem.Place}: it is written as
   * that component alone, without a key for it.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  public @interface Inline {}

  /** The key in the file, where it cannot be the component's name. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Key {

    /** The key. */
    String value();
  }

  /** On a constant of an enum: the program sets it, and no file can write it. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  public @interface NotWritten {}

  /** On a list or map: the key may be absent or its value empty, which is the empty list or map. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE_USE)
  public @interface MayBeEmpty {}

  /**
   * On a list: a single item may be written without the brackets. On a map: a single value may be
   * written instead, which is the value of {@link #OTHERWISE}.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE_USE)
  public @interface OneOrMany {}

  /**
   * On a component of type {@link Node.Mapping}: receives every key that no other component takes,
   * to be bound later by the operator or source that knows them.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface RemainingKeys {}

  /** On a word type: {@code NULL} and {@code ~} without quotes are words like any other. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  public @interface TakesNull {}

  /**
   * Words that have a meaning in a later version: refused as not implemented, never as unknown and
   * never ignored.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  public @interface ReservedWords {

    /** The words. */
    String[] value();
  }

  /**
   * A word of a catalogue that is open: the plan resolves it, and the JSON Schema lists its words.
   */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface WordOf {

    /** Name of the catalogue. */
    String value();

    /** What messages call one of its words. */
    String noun();
  }
}
