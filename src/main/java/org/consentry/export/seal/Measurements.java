package org.consentry.export.seal;

import java.util.Map;
import java.util.Optional;
import org.consentry.release.Disclosure;

/**
 * What was found of the people in a release and of those left out.
 *
 * @param leftOut whose rows of each table are released and whose are left out, by table
 * @param risk how many subjects share what an adversary may know; empty when it was not measured
 */
public record Measurements(Map<String, TableSubjects> leftOut, Optional<Disclosure.Risk> risk) {}
