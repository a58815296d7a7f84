package org.consentry.config;

import org.consentry.problem.Place;

/**
 * A value that knows where it was written, for checks that come later. As the type of a record
 * component it binds whatever {@code T} binds.
 *
 * @param value the value
 * @param place where it is
 */
public record WithPlace<T>(T value, Place place) {}
