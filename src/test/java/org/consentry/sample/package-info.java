/**
 * Makes the sample clinic under {@code sample-data}: the same bytes on every machine, from a fixed
 * seed and no clock. Uses nothing of the product, so that a fault there cannot hide in the data
 * that tests it.
 */
@NullMarked
package org.consentry.sample;

import org.jspecify.annotations.NullMarked;
