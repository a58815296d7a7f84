package org.consentry.job;

import org.consentry.component.Doc;
import org.consentry.component.Node;
import org.consentry.component.Placed;
import org.consentry.component.Rest;
import org.consentry.problem.Place;

/**
 * Where records are read.
 *
 * @param type which kind of source
 * @param settings the source's own keys, bound by whoever knows the kind
 */
@Doc("Where records are read")
public record SourceRule(
    Place place, @Doc("which kind of source") Placed<String> type, @Rest Node.Mapping settings) {}
