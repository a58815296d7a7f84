package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IdRule;
import org.consentry.data.IntegerCodes;
import org.consentry.data.KeyedPermutation;
import org.consentry.data.LongColumn;
import org.consentry.data.OperatorNote;
import org.consentry.data.Prf;
import org.consentry.data.SubjectIndex;
import org.consentry.operator.text.ByteOutput;
import org.consentry.problem.Problems;

/**
 * Replaces identifiers by codes. Codes of subjects come from the subject index, where each is
 * computed once; codes of other records are computed from the value, byte by byte without blanks at
 * its ends, because {@code eAb1} and {@code EAB1} may be two records.
 *
 * <p>Codes of type integer ({@link IntegerCodes}) of subjects are drawn; those of other records are
 * a permutation of the records' numbers, so that no two records ever share one.
 *
 * <p><b>Security promise:</b> without the key, or the vault, a code reveals nothing about the
 * identifier (45 CFR 164.514(c)); two identifiers never share a code except with a probability
 * below {@code n * n / 2^129}.
 */
final class Pseudonymize implements OperatorFactory<Pseudonymize.Config> {

  /** How identifiers of records are compared. */
  private static final String RECORD_KEYS = "key-rule-1: trim, byte by byte";

  private static final String NUMBERS = IntegerCodes.LEAST + " to " + IntegerCodes.GREATEST;
  private static final String EXPECTED_NUMBER =
      "a whole number from 0 to " + (IntegerCodes.COUNT - 1) + " without a zero before it";

  /** Digits of the greatest number that has a code. */
  private static final int MOST_DIGITS = 9;

  /** How a code comes about. */
  enum Code {
    RANDOM(Effect.CodeKind.RANDOM, "codes were drawn at random and stored by the clinic"),
    KEYED(Effect.CodeKind.KEYED, "codes were derived under a secret key of the study"),
    ONE_TIME(
        Effect.CodeKind.ONE_TIME,
        "codes were derived under a key made for this release and destroyed at its publication");

    private final Effect.CodeKind kind;
    private final String done;

    Code(Effect.CodeKind kind, String done) {
      this.kind = kind;
      this.done = done;
    }

    String word() {
      return this == ONE_TIME ? "one-time" : this == KEYED ? "keyed" : "random";
    }

    String survives() {
      return this == ONE_TIME
          ? "Equality, within this release only."
          : "Equality, within the domain and across releases of the study.";
    }
  }

  /**
   * Keys of {@code pseudonymize}.
   *
   * @param domain what is named by the identifiers: the same identifier has the same code in every
   *     column of the domain, and another in every other domain
   * @param code how codes come about
   */
  record Config(
      @Doc("what the identifiers name: one code per identifier in every column of the domain")
          String domain,
      @Doc("how codes come about") Code code) {
    Config {
      if (!domain.matches("[a-z][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException(
            "domain must be a word of lower-case letters, digits and '-' that begins with a"
                + " letter");
      }
    }
  }

  @Override
  public String name() {
    return "pseudonymize";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Code(config.code().kind, config.domain());
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean ofSubjects =
        context.isSubjectKey() || config.domain().equals(context.mapping().subjectDomain());
    boolean typed =
        TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE, FieldType.Kind.INTEGER);
    boolean isInteger = context.type().equals(FieldType.INTEGER);
    if (isInteger && ofSubjects && config.code() != Code.RANDOM) {
      problems.error(
          "CODE_INTEGER_NOT_RANDOM",
          context.place(),
          "integer codes of subjects are drawn but column '"
              + context.column()
              + "' of table '"
              + context.table()
              + "' has code: "
              + config.code().word(),
          "use code: random, or type: code");
      return Optional.empty();
    }
    if (config.code() == Code.RANDOM && !ofSubjects) {
      problems.error(
          "CODE_RANDOM_NOT_SUBJECT",
          context.place(),
          "random codes are drawn for subjects but column '"
              + context.column()
              + "' is not the subject of table '"
              + context.table()
              + "' and '"
              + config.domain()
              + "' is not the subjects' domain",
          "use code: one-time, or code: keyed");
      return Optional.empty();
    }
    return typed ? Optional.of(plan(config, context, ofSubjects)) : Optional.empty();
  }

  private Operator plan(Config config, RuleContext context, boolean ofSubjects) {
    boolean folded = context.mapping().foldedDomains().contains(config.domain());
    boolean isInteger = context.type().equals(FieldType.INTEGER);
    CodeForm form =
        isInteger ? CodeForm.INTEGER : context.mapping().codeForms().apply(config.domain());
    OperatorNote note =
        new OperatorNote(
            "pseudonymization",
            "Identifiers were replaced; " + config.code().done + ".",
            config.code().survives(),
            Map.of(
                "domain",
                config.domain(),
                "code",
                config.code().word(),
                isInteger ? "numbers" : "prefix",
                isInteger ? NUMBERS : form.prefix(),
                "ids",
                ofSubjects || (folded && !isInteger) ? IdRule.VERSION : RECORD_KEYS));
    if (!ofSubjects && isInteger) {
      return PlannedOperator.of(name(), note, keys -> codesOfNumbers(prf(keys, config, form)));
    }
    if (!ofSubjects) {
      return PlannedOperator.of(
          name(), note, keys -> codesOfValues(prf(keys, config, form), form, folded));
    }
    int slot = context.mapping().slots().code(config.domain(), config.code().kind, form);
    boolean isOwn = context.isSubjectKey();
    Transformer codes =
        Transformer.ofOne(
            input -> {
              int[] subjects = isOwn ? input.subjects() : named(input);
              BytesColumn texts = codesOfSubjects(input, slot, subjects);
              return isInteger ? numbers(texts) : texts;
            });
    return PlannedOperator.keyless(name(), note, codes);
  }

  private static Prf prf(OperatorKeys keys, Config config, CodeForm form) {
    String domain = form.secrets(config.domain());
    return config.code() == Code.KEYED ? keys.keyed(domain) : keys.oneTime(domain);
  }

  private static LongColumn numbers(BytesColumn codes) {
    long[] values = new long[codes.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          codes.isMissing(row)
              ? LongColumn.MISSING
              : IntegerCodes.read(codes.buffer(), codes.starts()[row]);
    }
    return new LongColumn(values.length, values);
  }

  /** Points at the subjects' codes; nothing is copied. A negative subject gives no code. */
  private static BytesColumn codesOfSubjects(TransformInput input, int slot, int[] subjects) {
    BytesColumn codes = input.index().codes().get(slot);
    BytesColumn source = input.source();
    int count = input.count();
    int[] starts = new int[count];
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      int subject = subjects[i];
      boolean none = subject < 0 || source.isMissing(input.rows()[i]);
      starts[i] = none ? BytesColumn.MISSING : codes.starts()[subject];
      ends[i] = none ? BytesColumn.MISSING : codes.ends()[subject];
    }
    return new BytesColumn(count, codes.buffer(), starts, ends);
  }

  /**
   * The subjects a column names that is not the table's own subject. A subject that is left out has
   * no code, as if the cell were missing.
   */
  private static int[] named(TransformInput input) {
    BytesColumn source = input.source();
    SubjectIndex index = input.index();
    int[] subjects = new int[input.count()];
    for (int i = 0; i < subjects.length; i++) {
      int row = input.rows()[i];
      subjects[i] = -1;
      if (!source.isMissing(row)) {
        int subject =
            index.keys().findRaw(source.buffer(), source.starts()[row], source.ends()[row]);
        if (subject < 0) {
          input.invalid().at(i, 0, "the id of a subject of the subjects table");
        } else if (index.exclusions()[subject] == 0) {
          subjects[i] = subject;
        }
      }
    }
    return subjects;
  }

  private static Transformer codesOfNumbers(Prf prf) {
    KeyedPermutation permutation = new KeyedPermutation(prf);
    return PerValue.numbers(
        EXPECTED_NUMBER,
        (buffer, start, end) -> {
          int first = Blanks.start(buffer, start, end);
          int last = Blanks.end(buffer, first, end);
          int number = number(buffer, first, last);
          if (number < 0) {
            return first == last ? LongColumn.MISSING : PerValue.INVALID;
          }
          return IntegerCodes.of(permutation.of(number));
        });
  }

  /** Digits without a zero before them, or -1: two ways to write a number are two identifiers. */
  private static int number(byte[] buffer, int start, int end) {
    int size = end - start;
    if (size < 1 || size > MOST_DIGITS || (size > 1 && buffer[start] == '0')) {
      return -1;
    }
    int number = 0;
    for (int at = start; at < end; at++) {
      if (buffer[at] < '0' || buffer[at] > '9') {
        return -1;
      }
      number = 10 * number + buffer[at] - '0';
    }
    return number < IntegerCodes.COUNT ? number : -1;
  }

  private static Transformer codesOfValues(Prf prf, CodeForm form, boolean folded) {
    return PerValue.bytes("an identifier", () -> new ValueCodes(prf, form, folded));
  }

  /** Codes from values, for one batch. */
  private static final class ValueCodes implements PerValue.ToBytes {

    private final Prf prf;
    private final CodeForm form;
    private final boolean folded;
    private final byte[] answer = new byte[Prf.SIZE];

    ValueCodes(Prf prf, CodeForm form, boolean folded) {
      this.prf = prf;
      this.form = form;
      this.folded = folded;
    }

    @Override
    public PerValue.Answer of(byte[] buffer, int start, int end, ByteOutput output) {
      int first = Blanks.start(buffer, start, end);
      int last = Blanks.end(buffer, first, end);
      if (first == last) {
        return PerValue.Answer.MISSING;
      }
      if (folded) {
        byte[] key = IdRule.normalize(buffer, first, last);
        prf.compute(key, 0, key.length, answer, 0);
      } else {
        prf.compute(buffer, first, last, answer, 0);
      }
      int at = output.reserve(form.size());
      form.encode(answer, 0, output.buffer(), at);
      return PerValue.Answer.GIVEN;
    }
  }
}
