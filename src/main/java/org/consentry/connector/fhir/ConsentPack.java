package org.consentry.connector.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Doc;
import org.consentry.config.YamlFile;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.Problems;

/**
 * What Consent resources of one profile mean. Whatever a pack does not know permits nothing. Codes
 * are written as {@code system|code}.
 *
 * @param name of the pack
 * @param version counts changes of its meaning
 * @param description for people
 * @param scopes which scopes are about research
 * @param forms which forms permit, refuse or withdraw; absent where the profile has no forms
 * @param codes what codes of provisions mean; absent where the profile has none
 * @param purposes system of the codes of purposes; absent where they are not read
 * @param actions actions that permit a disclosure, where a permit names some
 * @param permit what a permit covers
 */
record ConsentPack(
    @Doc("name of the pack") @Key("pack") String name,
    @Doc("counts changes of its meaning") int version,
    @Doc("what it is for") String description,
    @Doc("which scopes are about research") Scopes scopes,
    @Doc("which forms permit, refuse or withdraw") Optional<Forms> forms,
    @Doc("what codes of provisions mean") Optional<Codes> codes,
    @Doc("system of the codes of purposes") Optional<String> purposes,
    @Doc("actions that permit a disclosure") @MayBeEmpty List<String> actions,
    @Doc("what a permit covers") Permit permit) {

  /** The packs that are shipped. */
  static final List<String> SHIPPED = List.of("hl7-r4", "mii-broad-consent");

  /** Scopes of consents; one that is in neither list permits nothing, and restricts. */
  record Scopes(
      @Doc("scopes whose permits count") List<String> research,
      @Doc("scopes that decide nothing about research") @MayBeEmpty List<String> other) {}

  /** Forms, as categories or policies of a resource name them. */
  record Forms(
      @Doc("forms whose permits count") List<String> permit,
      @Doc("forms of refusal") @MayBeEmpty List<String> refuse,
      @Doc("forms that withdraw everything") @MayBeEmpty List<String> withdraw,
      @Doc("known forms whose permits do not count") @MayBeEmpty List<String> other) {}

  /** Codes of provisions. One resource must permit both uses and collection. */
  record Codes(
      @Doc("their system") String system,
      @Doc("the code whose period is the validity") String use,
      @Doc("the code whose period has the dates of the records") String collect,
      @Doc("codes that together begin the dates in 1900") @MayBeEmpty List<String> retrospective,
      @Doc("which codes permit to contact the person again") Optional<Recontact> recontact,
      @Doc("known codes that decide nothing here") @MayBeEmpty List<String> other) {

    boolean isKnown(String code) {
      return code.equals(use)
          || code.equals(collect)
          || retrospective.contains(code)
          || recontact.filter(contact -> contact.isAny(code)).isPresent()
          || other.contains(code);
    }
  }

  /**
   * Codes by which a person permits to be contacted again for research.
   *
   * @param purpose of consent lines
   * @param codes one resource must permit all of them, because the purpose is for any reason that
   *     one of them names; the denial of one denies the purpose
   * @param covering codes that cover those: their denial denies, their permit alone permits nothing
   * @param categories of records that a permit covers
   */
  record Recontact(
      @Doc("the purpose of consent lines") String purpose,
      @Doc("codes that must be permitted together") List<String> codes,
      @Doc("codes that cover those") @MayBeEmpty List<String> covering,
      @Doc("categories of records that a permit covers") String categories) {

    boolean isAny(String code) {
      return codes.contains(code) || covering.contains(code);
    }
  }

  /** What all permits of a pack have in common. */
  record Permit(
      @Doc("the purpose, or 'stated' for those of the provision") String purposes,
      @Doc("terms of data use") String duo,
      @Doc("the legal basis") String legalBasis,
      @Doc("whose law decides who is of age") String jurisdiction,
      @Doc("what a permit without a period of data covers") WithoutDataPeriod withoutDataPeriod) {

    /** The text of a cell; the word {@code none} is an empty one. */
    String orEmpty(String text) {
      return text.equals("none") ? "" : text;
    }
  }

  /** What a permit without a period of data covers. */
  enum WithoutDataPeriod {
    ALL,
    NOTHING
  }

  /** A pack and the digest of its file. */
  record Loaded(ConsentPack pack, String sha256) {}

  /** Reads a shipped pack; empty when there is none of that name. */
  static Optional<Loaded> load(String name) {
    if (!SHIPPED.contains(name)) {
      return Optional.empty();
    }
    String file = name + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(ConsentPack.class.getResourceAsStream(file), file)) {
      return Optional.of(parse(in.readAllBytes(), file));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** Reads a pack. */
  static Loaded parse(byte[] bytes, String file) {
    Problems problems = new Problems();
    Optional<ConsentPack> pack =
        YamlFile.parse(bytes, file, problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), ConsentPack.class, problems));
    problems.throwIfAny(Category.FILES_INVALID);
    return new Loaded(pack.orElseThrow(), Sha256.PREFIX + Sha256.hex(bytes));
  }
}
