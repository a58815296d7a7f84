package org.consentry.sample;

/** Why patients come. */
enum Care {
  EYELID("FACE-Q"),
  EYELID_COMPANION("FACE-Q"),
  EYELID_OF_CHILD(""),
  BREAST_RECONSTRUCTION("BREAST-Q"),
  BREAST_COSMETIC("BREAST-Q"),
  ABDOMEN("BODY-Q"),
  NOSE("NOSE"),
  CLEFT("CLEFT-Q"),
  BURN("SCAR-Q"),
  SCAR("SCAR-Q"),
  SKIN_CANCER("FACE-Q"),
  INJECTION("FACE-Q"),
  FACELIFT("FACE-Q"),
  MALE_CHEST("BODY-Q"),
  EYELID_LONG_AGO("FACE-Q"),
  CONSULTATION_ONLY("");

  private final String instrument;

  Care(String instrument) {
    this.instrument = instrument;
  }

  /** The questionnaire given to adults after it; empty when there is none. */
  String instrument() {
    return instrument;
  }
}
