package org.consentry.profile;

/** Words beside names: titles, particles, and nouns that make a place or a disease of a name. */
final class NameWords {

  /** Titles of people alone. */
  static final int STRONG_TITLE = 1;

  /** Words for people that are used without a name as well. */
  static final int WEAK_TITLE = 2;

  private static final WordTable TITLES =
      new WordTable(64)
          .words(
              STRONG_TITLE,
              """
              mr mrs ms miss mx dr prof professor rev sir madam dra sra srta senor senora don dona
              herr frau mme mlle monsieur madame signor signora doctor doctora sgt capt""")
          .words(
              WEAK_TITLE,
              """
              pt patient paciente rn np nurse physician surgeon provider attending wife husband
              mother father daughter son sister brother partner spouse aunt uncle friend neighbor
              guardian employer caregiver named client resident sr hermano hija hijo""");

  private static final WordTable PARTICLES =
      new WordTable(32)
          .words(
              1,
              """
              de la del las los van von der den da dos das di du le bin ibn al el ter ten zu zur y
              e af av""");

  /** Nouns behind the name of a person after whom a place, a disease or a thing is called. */
  private static final WordTable CALLED_AFTER =
      new WordTable(160)
          .words(
              1,
              """
              hospital clinic clinics center centre medical memorial university college school
              institute foundation county city street avenue road general health healthcare
              children childrens regional community pharmacy laboratory laboratories company
              corporation inc llc ltd group bank park church library house square island lake
              river hall airport disease syndrome sign palsy test criteria score scale index
              classification stage grade catheter tube procedure operation repair flap graft
              phenomenon reflex reaction cell cells body bodies lymphoma tumor tumour sarcoma
              carcinoma disorder anemia thyroiditis esophagus contracture fracture deformity ulcer
              lesion cyst hernia nodule nodules stain technique maneuver manoeuvre method position
              forceps retractor scissors needle suture drain pump trial study formula equation
              model murmur triad law line lines ring rings chorea ataxia dementia vaccine virus
              fever oil wort surgery pavilion campus heights beach springs falls valley mountain
              ward wing unit building orchestra""");

  private static final WordTable SAINTS =
      new WordTable(16)
          .words(
              1,
              """
              st saint santa san mt mount fort ft port lake hospital""");

  private NameWords() {}

  /** {@link #STRONG_TITLE}, {@link #WEAK_TITLE} or 0. */
  static int title(long hash) {
    return TITLES.get(hash);
  }

  /** Whether a word announces a name. */
  static boolean isTitle(long hash) {
    return TITLES.get(hash) != 0;
  }

  /** Whether a word in small letters may be inside of a family name. */
  static boolean isParticle(long hash) {
    return PARTICLES.get(hash) != 0;
  }

  /** Whether a word makes a place of the name behind it. */
  static boolean isSaint(long hash) {
    return SAINTS.get(hash) != 0;
  }

  /** Whether a noun behind a name makes a place, a disease or a thing of it. */
  static boolean isNoun(long hash) {
    return CALLED_AFTER.get(hash) != 0;
  }
}
