package org.consentry.operator;

import org.consentry.data.Prf;

/** Gives operators the pseudo-random functions they need; nothing else of a key is reachable. */
public interface OperatorKeys {

  /** The function of the study's key for pseudonyms of a domain. */
  Prf keyed(String domain);

  /** The function of the run's one-time key for pseudonyms of a domain. */
  Prf oneTime(String domain);
}
