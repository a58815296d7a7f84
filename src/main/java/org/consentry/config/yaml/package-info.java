/** YAML as nodes with places, and the binding of nodes to record components. */
@NullMarked
package org.consentry.config.yaml;

import org.jspecify.annotations.NullMarked;
