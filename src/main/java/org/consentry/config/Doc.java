package org.consentry.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key, a record or a word means, in plain words for the people who write the file. The JSON
 * Schema has it as the description.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Doc {

  /** One sentence. */
  String value();

  /** A regular expression that the whole text must match; empty when any text will do. */
  String pattern() default "";
}
