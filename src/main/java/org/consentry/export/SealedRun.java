package org.consentry.export;

import java.util.Optional;
import org.consentry.export.seal.SealedRelease;

/**
 * The result of {@link SealStage}.
 *
 * @param staged what was sealed
 * @param release the complete and signed release in staging; empty when the release would repeat
 *     the last one, and the job skips such
 */
record SealedRun(StagedTables staged, Optional<SealedRelease> release) {}
