/** Reads resources of FHIR bulk exports as tables that SQL on FHIR views define. */
@NullMarked
package org.consentry.connector.fhir;

import org.jspecify.annotations.NullMarked;
