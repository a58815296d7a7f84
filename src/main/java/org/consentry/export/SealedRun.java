package org.consentry.export;

import org.consentry.export.seal.SealedRelease;

/**
 * The result of {@link SealStage}.
 *
 * @param staged what was sealed
 * @param release the complete and signed release in staging
 */
record SealedRun(StagedTables staged, SealedRelease release) {}
