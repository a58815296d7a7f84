package org.consentry.export.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.config.CohortRule;
import org.consentry.config.CohortRule.CohortRecord;
import org.consentry.config.Job;
import org.consentry.config.Study.Board;
import org.consentry.config.WithPlace;
import org.consentry.data.BytesColumn;
import org.consentry.data.Effect;
import org.consentry.data.Effect.CodeKind;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.export.RunContext;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.RecordSpans;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.KeyedPeople;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipHead.Code;
import org.consentry.ledger.MembershipHead.Computed;
import org.consentry.ledger.MembershipHead.Fact;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.MembershipHead.Own;
import org.consentry.ledger.MembershipHead.Table;
import org.consentry.ledger.MembershipHead.Time;
import org.consentry.ledger.MembershipWriter;
import org.consentry.plan.DecidePlan.CodeSlot;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.SpanTable;
import org.consentry.plan.SpanTable.Spanned;
import org.consentry.plan.TableExtract;

/**
 * Records in the ledger who is in a release: every subject of whom a row is released, and where a
 * column names other subjects, every subject whose code may be in it.
 *
 * <p>One-time codes are not recorded: their key is destroyed at publication so that no one, the
 * clinic included, can follow them, and a list of them would undo that.
 *
 * <p><b>Security promise:</b> ids go in and only their digests under the ledger's key come out.
 */
final class MembershipBuilder {

  private final ExportPlan plan;
  private final Decisions decided;
  private final List<RecordSpans> spans;
  private final KeyedPeople people;
  private final List<Integer> slots = new ArrayList<>();
  private int[] members = new int[0];

  /**
   * Members of a release.
   *
   * @param spans what was released, in the order of the plan's tables
   * @param people all subjects, as the ledger identifies them
   */
  MembershipBuilder(
      ExportPlan plan, Decisions decided, List<RecordSpans> spans, KeyedPeople people) {
    this.plan = plan;
    this.decided = decided;
    this.spans = List.copyOf(spans);
    this.people = people;
  }

  /**
   * Writes them to the ledger's folder.
   *
   * @return digest of the file, for the ledger's entry
   */
  String write(RunContext context, LedgerKey key) {
    for (int slot = 0; slot < plan.decide().codeSlots().size(); slot++) {
      if (plan.decide().codeSlots().get(slot).kind() != CodeKind.ONE_TIME
          && !columns(plan.decide().codeSlots().get(slot)).isEmpty()) {
        slots.add(slot);
      }
    }
    MembershipHead head =
        new MembershipHead(
            context.run(),
            key.fingerprint(),
            about(),
            slots.stream().map(plan.decide().codeSlots()::get).map(this::code).toList(),
            plan.tables().stream().map(this::table).toList(),
            plan.spans().stream().map(MembershipBuilder::computed).toList());
    boolean namesOthers = plan.tables().stream().anyMatch(this::namesOthers);
    byte[] exclusions = decided.index().exclusions();
    members = new int[exclusions.length];
    int count = 0;
    for (int place = 0; place < exclusions.length; place++) {
      int subject = people.at(place);
      if (exclusions[subject] == 0 && (namesOthers || isReleased(subject))) {
        members[count++] = subject;
      }
    }
    members = Arrays.copyOf(members, count);
    List<int[]> grants = new ArrayList<>();
    int[] numbers = grants(grants);
    return MembershipWriter.write(
        context.state().membership(context.run()), head, grants, new Rows(numbers));
  }

  private boolean isReleased(int subject) {
    for (RecordSpans table : spans) {
      if (table.contains(subject)) {
        return true;
      }
    }
    return false;
  }

  /** Collects different grants, and returns the number of its grants for each member. */
  private int[] grants(List<int[]> grants) {
    Map<Integer, Integer> known = new HashMap<>();
    int[] numbers = new int[members.length];
    for (int member = 0; member < numbers.length; member++) {
      int subject = members[member];
      numbers[member] =
          known.computeIfAbsent(
              decided.decisions().grantsNumber(subject),
              number -> {
                grants.add(decided.decisions().grants(subject).orElseThrow().words());
                return grants.size() - 1;
              });
    }
    return numbers;
  }

  private Code code(CodeSlot slot) {
    return new Code(slot.domain(), slot.form().prefix(), columns(slot));
  }

  /** Released columns that contain the codes of a slot. */
  private List<String> columns(CodeSlot slot) {
    Effect codes = new Effect.Code(slot.kind(), slot.domain());
    return plan.columns().stream()
        .filter(column -> column.effect().equals(codes))
        .map(column -> column.table() + "." + column.name().orElseThrow())
        .toList();
  }

  /** Whether a column of the table may contain the code of a subject whose row this is not. */
  private boolean namesOthers(TableExtract table) {
    String own = table.source().columns().get(table.sourceColumns().get(table.subject()));
    Set<String> domains =
        plan.decide().codeSlots().stream().map(CodeSlot::domain).collect(Collectors.toSet());
    return plan.columns().stream()
        .filter(column -> column.table().equals(table.name()) && column.name().isPresent())
        .filter(column -> !column.source().equals(own))
        .map(PlannedColumn::effect)
        .filter(Effect.Code.class::isInstance)
        .anyMatch(effect -> domains.contains(((Effect.Code) effect).domain()));
  }

  private Table table(TableExtract table) {
    List<PlannedColumn> dates = new ArrayList<>();
    Grain grain = grain(table, dates);
    List<Own> own = new ArrayList<>();
    new TreeMap<>(table.ownCategories())
        .forEach(
            (column, categories) ->
                categories.stream()
                    .sorted()
                    .forEach(category -> own.add(new Own(column, category.name()))));
    boolean timeless = table.dating() instanceof TableExtract.Dating.Timeless;
    return new Table(
        table.name(),
        table.category().name(),
        timeless ? Time.TIMELESS : Time.EVENTS,
        grain,
        dates.stream().map(column -> column.name().orElseThrow()).toList(),
        own);
  }

  private static Computed computed(SpanTable table) {
    return new Computed(table.name(), table.spanned().stream().map(Spanned::table).toList());
  }

  /**
   * How exactly the released columns disclose the table's record dates: as the coarsest of them.
   */
  private Grain grain(TableExtract table, List<PlannedColumn> dated) {
    Set<Grain> grains = new LinkedHashSet<>();
    for (WithPlace<String> date :
        Optional.ofNullable(plan.mapping().tables().get(table.name())).orElseThrow().recordDate()) {
      Grain best = Grain.NOTHING;
      for (PlannedColumn column : plan.columns()) {
        boolean isOfDate =
            column.table().equals(table.name()) && column.source().equals(date.value());
        Grain grain = isOfDate ? grain(column) : Grain.NOTHING;
        if (grain.compareTo(best) < 0) {
          best = grain;
        }
        if (grain != Grain.NOTHING) {
          dated.add(column);
        }
      }
      grains.add(best);
    }
    Grain coarsest = grains.stream().max(Grain::compareTo).orElse(Grain.NOTHING);
    dated.removeIf(column -> coarsest == Grain.NOTHING || grain(column) != coarsest);
    return coarsest;
  }

  private static Grain grain(PlannedColumn column) {
    FieldType.Kind kind = column.type().map(FieldType::kind).orElse(FieldType.Kind.TEXT);
    boolean isDay = kind == FieldType.Kind.DATE || kind == FieldType.Kind.TIMESTAMP;
    if (column.effect() instanceof Effect.TrueValue && isDay) {
      return Grain.DAY;
    }
    return column.effect().equals(new Effect.Period(Effect.PeriodUnit.YEAR))
        ? Grain.YEAR
        : Grain.NOTHING;
  }

  private Map<String, String> about() {
    Job job = plan.job();
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    facts.put(Fact.STUDY, job.study().id());
    facts.put(Fact.TITLE, job.study().title());
    job.study().description().ifPresent(text -> facts.put(Fact.DESCRIPTION, text));
    facts.put(
        Fact.CRITERIA,
        job.cohort().map(MembershipBuilder::criteria).orElse("every consented patient"));
    facts.put(Fact.PURPOSE, job.study().purpose().value());
    facts.put(Fact.INFORMATION, information());
    job.study().board().map(Board::name).ifPresent(name -> facts.put(Fact.BOARD, name));
    job.study().board().map(Board::protocol).ifPresent(id -> facts.put(Fact.PROTOCOL, id));
    facts.put(Fact.RECIPIENT, job.recipient().name());
    facts.put(Fact.ORGANIZATION, job.recipient().organization());
    job.recipient().address().ifPresent(text -> facts.put(Fact.ADDRESS, text));
    job.recipient().phone().ifPresent(text -> facts.put(Fact.PHONE, text));
    job.study()
        .sponsor()
        .ifPresent(
            sponsor -> {
              facts.put(Fact.SPONSOR, sponsor.name());
              sponsor.address().ifPresent(text -> facts.put(Fact.SPONSOR_ADDRESS, text));
              sponsor.phone().ifPresent(text -> facts.put(Fact.SPONSOR_PHONE, text));
            });
    Map<String, String> about = new TreeMap<>();
    facts.forEach((fact, text) -> about.put(fact.name(), text));
    return about;
  }

  /** What was released, in a line: each table, its category and its columns. */
  private String information() {
    return plan.released().stream()
        .map(
            table ->
                table.name()
                    + " ("
                    + (table instanceof TableExtract read
                        ? read.category().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        : "computed from the others")
                    + "): "
                    + table.columns().stream()
                        .map(column -> column.field().name().replace('_', ' '))
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }

  private static String criteria(CohortRule rule) {
    boolean any = !rule.any().isEmpty();
    return (any ? rule.any() : rule.all())
        .stream()
            .map(MembershipBuilder::criterion)
            .collect(Collectors.joining(any ? " or " : " and "));
  }

  private static String criterion(CohortRecord record) {
    StringBuilder text = new StringBuilder("a record in ").append(record.table().value());
    record
        .where()
        .forEach(
            (column, values) ->
                text.append(" with ")
                    .append(column)
                    .append(' ')
                    .append(String.join(" or ", values.value())));
    record.from().ifPresent(day -> text.append(" from ").append(day.value()));
    record.to().ifPresent(day -> text.append(" to ").append(day.value()));
    return text.toString();
  }

  /** The members, as the writer asks for them. */
  private final class Rows implements MembershipWriter.Members {
    private final int[] grants;

    Rows(int[] grants) {
      this.grants = grants;
    }

    @Override
    public int count() {
      return members.length;
    }

    @Override
    public void digest(int member, byte[] into, int at) {
      people.digest(members[member], into, at);
    }

    @Override
    public int grants(int member) {
      return grants[member];
    }

    @Override
    public void code(int member, int code, byte[] into, int at) {
      BytesColumn codes = decided.index().codes().get(slots.get(code));
      int subject = members[member];
      if (!codes.isMissing(subject)) {
        int size = plan.decide().codeSlots().get(slots.get(code)).form().ownSize();
        System.arraycopy(codes.buffer(), codes.ends()[subject] - size, into, at, size);
      }
    }

    @Override
    public int first(int member, int table) {
      return spans.get(table).first(members[member]);
    }

    @Override
    public int last(int member, int table) {
      return spans.get(table).last(members[member]);
    }
  }
}
