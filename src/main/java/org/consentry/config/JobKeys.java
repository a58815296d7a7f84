package org.consentry.config;

/**
 * Where keys are kept.
 *
 * @param study the key codes and date shifts come from
 * @param signing the key that signs manifests
 */
@Doc("Where keys are kept")
public record JobKeys(
    @Doc("the key that codes and date shifts come from") WithPlace<KeyText> study,
    @Doc("the key that signs manifests") WithPlace<KeyText> signing) {}
