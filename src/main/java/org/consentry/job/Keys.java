package org.consentry.job;

import org.consentry.component.Doc;
import org.consentry.component.Placed;

/**
 * Where keys are kept.
 *
 * @param study the key codes and date shifts come from
 * @param signing the key that signs manifests
 */
@Doc("Where keys are kept")
public record Keys(
    @Doc("the key that codes and date shifts come from") Placed<KeyText> study,
    @Doc("the key that signs manifests") Placed<KeyText> signing) {}
