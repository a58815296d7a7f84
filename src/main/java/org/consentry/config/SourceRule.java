package org.consentry.config;

import org.consentry.problem.Place;

/**
 * Where records are read.
 *
 * @param type which kind of source
 * @param settings the source's own keys, bound by whoever knows the kind
 */
@Doc("Where records are read")
public record SourceRule(
    Place place,
    @Doc("which kind of source") WithPlace<String> type,
    @RemainingKeys Node.Mapping settings) {}
