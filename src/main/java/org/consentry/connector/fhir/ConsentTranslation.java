package org.consentry.connector.fhir;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.consentry.connector.fhir.ConsentTime.Days;
import org.consentry.connector.fhir.ConsentTime.End;
import org.consentry.consent.PurposeOfUse;

/**
 * From a Consent resource to consent lines, as a pack defines it. What the pack does not know
 * permits nothing; where that may restrict, it restricts everything. Not thread-safe.
 */
final class ConsentTranslation {

  private static final String ALL = "*";
  private static final LocalDate RETROSPECTIVE = LocalDate.of(1900, 1, 1);
  private static final Set<String> NO_ATTRIBUTES = Set.of("id", "type", "period", "provision");

  private final ConsentPack pack;
  private final ConsentTime time;
  private final ProvisionReader reader;
  private final BiConsumer<Unknown, String> unknown;

  /** What a pack may not know. */
  enum Unknown {
    SCOPE,
    FORM,
    CODE,
    PURPOSE,
    ACTION,
    ATTRIBUTE,
    TYPE
  }

  /**
   * A translation.
   *
   * @param unknown receives what the pack does not know, once for each place
   */
  ConsentTranslation(ConsentPack pack, ConsentTime time, BiConsumer<Unknown, String> unknown) {
    this.pack = pack;
    this.time = time;
    this.unknown = unknown;
    this.reader = new ProvisionReader(unknown);
  }

  /** Days on which a code of a provision is permitted. */
  private record Window(Days days, String path) {}

  /**
   * The consent lines of a resource, by names of their columns.
   *
   * @param evidence digest of the resource
   */
  List<Map<String, String>> lines(Item.Complex consent, String evidence) throws Failure {
    ConsentHead head = ConsentHead.of(consent, evidence, time, reader);
    String status = ConsentHead.status(consent.text("status"));
    if (!status.equals("ACTIVE")) {
      String decision = status.isEmpty() ? "" : status.equals("REJECTED") ? "DENY" : "PERMIT";
      Map<String, String> line = head.line("status", decision);
      line.put("status", status);
      return List.of(line);
    }
    Set<String> forms = reader.forms(consent);
    if (pack.forms().isPresent()) {
      if (reader.isAny(forms, pack.forms().get().withdraw())) {
        return List.of(head.line("policy", "WITHDRAW"));
      }
      if (reader.isAny(forms, pack.forms().get().refuse())) {
        return List.of(head.line("policy", "DENY"));
      }
    }
    Set<String> scopes = reader.codings(consent.all("scope"));
    boolean isResearch = scopes.stream().anyMatch(pack.scopes().research()::contains);
    if (!isResearch && !scopes.isEmpty() && pack.scopes().other().containsAll(scopes)) {
      return List.of();
    }
    if (!isResearch) {
      scopes.forEach(scope -> unknown.accept(Unknown.SCOPE, scope));
    }
    boolean isPermit = isPermitForm(forms);
    if (!consent.has("provision")) {
      boolean isDenial = !isKnownForm(forms) || !reader.isOptIn(consent);
      return List.of(head.line("policyRule", isDenial ? "DENY" : "PERMIT"));
    }
    boolean isModified = reader.isModified(consent);
    return provisions(consent, head, isResearch && isPermit && !isModified);
  }

  private boolean isPermitForm(Set<String> forms) {
    if (pack.forms().isEmpty() || reader.isAny(forms, pack.forms().get().permit())) {
      return true;
    }
    if (!isKnownForm(forms)) {
      forms.forEach(form -> unknown.accept(Unknown.FORM, form));
    }
    return false;
  }

  private boolean isKnownForm(Set<String> forms) {
    return pack.forms().isEmpty()
        || reader.isAny(forms, pack.forms().get().permit())
        || reader.isAny(forms, pack.forms().get().other());
  }

  private List<Map<String, String>> provisions(
      Item.Complex consent, ConsentHead head, boolean mayPermit) throws Failure {
    List<Item.Complex> roots = consent.all("provision");
    Item.Complex root = roots.isEmpty() ? new Item.Complex("") : roots.get(0);
    String type = root.text("type");
    if (consent.get("provision").size() > 1 || !(type.equals("permit") || type.equals("deny"))) {
      unknown.accept(Unknown.TYPE, "provision");
      return List.of(head.line("provision", "DENY"));
    }
    boolean isWithdrawal = type.equals("permit");
    boolean isRevocation = isWithdrawal && pack.codes().isPresent();
    List<Map<String, String>> lines = new ArrayList<>();
    Map<String, Item.Complex> permits = new LinkedHashMap<>();
    List<Item.Complex> nested = root.all("provision");
    for (int i = 0; !isWithdrawal && i < nested.size(); i++) {
      if (nested.get(i).text("type").equals("permit")) {
        permits.put("provision.provision[" + i + "]", nested.get(i));
      }
    }
    denials(root, "provision", isRevocation, head, lines);
    if (isWithdrawal && !hasPermitBelow(root) && !isRevocation) {
      permits.put("provision", root);
    }
    if (!isWithdrawal && permits.isEmpty()) {
      lines.add(head.line("provision", "DENY"));
    } else if (mayPermit) {
      Optional<Days> limit = permitted(root, "period");
      if (limit.isPresent()) {
        lines.addAll(
            pack.codes().isPresent()
                ? byCodes(permits, limit.get(), head)
                : byAttributes(permits, limit.get(), head));
      }
    }
    return lines.isEmpty() ? List.of(head.line("provision", "PERMIT")) : lines;
  }

  /** The days of a period of a permit; one that cannot be read is counted, and permits none. */
  private Optional<Days> permitted(Item.Complex provision, String name) throws Failure {
    Optional<Days> days = time.permitted(provision, name);
    if (days.isEmpty()) {
      unknown.accept(Unknown.ATTRIBUTE, name);
    }
    return days;
  }

  /** Every provision below another one, at any depth, that is no permit denies. */
  private void denials(
      Item.Complex provision,
      String path,
      boolean isRevocation,
      ConsentHead head,
      List<Map<String, String>> lines)
      throws Failure {
    List<Item.Complex> nested = provision.all("provision");
    if (nested.size() < provision.get("provision").size()) {
      unknown.accept(Unknown.TYPE, "provision.provision");
      lines.add(head.line(path + ".provision", "DENY"));
    }
    for (int i = 0; i < nested.size(); i++) {
      String below = path + ".provision[" + i + "]";
      String type = nested.get(i).text("type");
      if (!type.equals("permit")) {
        if (!type.equals("deny")) {
          unknown.accept(Unknown.TYPE, "provision.provision");
        }
        lines.addAll(denial(nested.get(i), below, isRevocation, head));
      }
      denials(nested.get(i), below, isRevocation, head, lines);
    }
  }

  /** Whether there is a permit at any depth; each is counted. */
  private boolean hasPermitBelow(Item.Complex provision) {
    boolean hasPermit = false;
    for (Item.Complex nested : provision.all("provision")) {
      boolean isPermit = nested.text("type").equals("permit");
      if (isPermit) {
        unknown.accept(Unknown.TYPE, "permit inside of a permit");
      }
      boolean hasNested = hasPermitBelow(nested);
      hasPermit = hasPermit || isPermit || hasNested;
    }
    return hasPermit;
  }

  private List<Map<String, String>> denial(
      Item.Complex provision, String path, boolean isWithdrawal, ConsentHead head) throws Failure {
    Days days = time.days(provision.only("period"), End.WITH);
    if (pack.codes().isPresent()) {
      return denialOfCodes(
          reader.codes(provision, pack.codes().get()), path, isWithdrawal, days, head);
    }
    Map<String, String> line = head.line(path, "DENY");
    line.put("valid_from", days.from());
    line.put("valid_to", days.to());
    Days data = time.days(provision.only("dataPeriod"), End.WITH);
    line.put("data_from", data.from());
    line.put("data_to", data.to());
    Optional<List<String>> purposes = purposes(provision);
    line.put("purposes", String.join("|", purposes.orElse(List.of())));
    return List.of(line);
  }

  /** What a denial of codes denies; one without a code, or with one not known, everything. */
  private List<Map<String, String>> denialOfCodes(
      Set<String> named, String path, boolean isWithdrawal, Days days, ConsentHead head) {
    ConsentPack.Codes codes = pack.codes().orElseThrow();
    Set<String> relevant = new LinkedHashSet<>(named);
    relevant.removeAll(codes.other());
    List<Map<String, String>> lines = new ArrayList<>();
    for (ConsentPack.Recontact contact : codes.recontact().stream().toList()) {
      if (relevant.removeIf(contact::isAny)) {
        Map<String, String> line =
            restriction(path + ".code", isWithdrawal ? "WITHDRAW" : "DENY", days, head);
        line.put("purposes", contact.purpose());
        lines.add(line);
      }
    }
    if (relevant.equals(Set.of(codes.collect()))) {
      Map<String, String> line = head.line(path, "DENY");
      line.put("data_from", days.from());
      line.put("data_to", days.to());
      lines.add(line);
    } else if (named.isEmpty() || !relevant.isEmpty()) {
      lines.add(restriction(path, isWithdrawal ? "WITHDRAW" : "DENY", days, head));
    }
    return lines;
  }

  private static Map<String, String> restriction(
      String path, String decision, Days days, ConsentHead head) {
    Map<String, String> line = head.line(path, decision);
    line.put("valid_from", days.from());
    line.put("valid_to", decision.equals("WITHDRAW") ? "" : days.to());
    return line;
  }

  /** The purposes of a provision; empty when one of them is not known. */
  private Optional<List<String>> purposes(Item.Complex provision) {
    List<String> purposes = new ArrayList<>();
    boolean isKnown = provision.all("purpose").size() == provision.get("purpose").size();
    for (Item.Complex purpose : provision.all("purpose")) {
      boolean isOfSystem = pack.purposes().filter(purpose.text("system")::equals).isPresent();
      boolean isOurs = purpose.text("code").equals(PurposeOfUse.RECONTACT); // HL7 has no such code.
      if (isOfSystem && !isOurs && !purpose.text("code").isEmpty()) {
        purposes.add(purpose.text("code"));
      } else {
        isKnown = false;
        unknown.accept(Unknown.PURPOSE, reader.coding(purpose));
      }
    }
    return isKnown ? Optional.of(purposes) : Optional.empty();
  }

  /**
   * One resource must permit use and collection; each pair of their periods is a line.
   * Retrospective codes add lines for the days on which all of them are permitted too.
   */
  private List<Map<String, String>> byCodes(
      Map<String, Item.Complex> permits, Days limit, ConsentHead head) throws Failure {
    ConsentPack.Codes codes = pack.codes().orElseThrow();
    Map<String, List<Window>> windows = new LinkedHashMap<>();
    for (Map.Entry<String, Item.Complex> permit : permits.entrySet()) {
      Item.Complex provision = permit.getValue();
      boolean isPlain = reader.hasOnly(provision, NO_ATTRIBUTES, Set.of("code"));
      Set<String> named = reader.codes(provision, codes);
      Optional<Days> days = permitted(provision, "period").flatMap(limit::and);
      if (isPlain && days.isPresent() && provision.get("provision").isEmpty()) {
        for (String code : named) {
          windows
              .computeIfAbsent(code, each -> new ArrayList<>())
              .add(new Window(days.get(), permit.getKey()));
        }
      }
    }
    List<Map<String, String>> lines = new ArrayList<>();
    for (Window use : windows.getOrDefault(codes.use(), List.of())) {
      List<Window> retrospective = codes.retrospective().isEmpty() ? List.of() : List.of(use);
      for (String code : codes.retrospective()) {
        retrospective = both(retrospective, windows.getOrDefault(code, List.of()));
      }
      for (Window collect : windows.getOrDefault(codes.collect(), List.of())) {
        lines.add(permit(use, collect, collect.days().from(), head));
        for (Window each : retrospective) {
          lines.add(permit(each, collect, RETROSPECTIVE.toString(), head));
        }
      }
    }
    codes.recontact().ifPresent(contact -> lines.addAll(recontact(contact, windows, head)));
    return lines;
  }

  /** A permit to contact the person again, on days on which all codes of it are permitted. */
  private List<Map<String, String>> recontact(
      ConsentPack.Recontact contact, Map<String, List<Window>> windows, ConsentHead head) {
    List<Window> all = windows.getOrDefault(contact.codes().get(0), List.of());
    for (String code : contact.codes().subList(1, contact.codes().size())) {
      all = both(all, windows.getOrDefault(code, List.of()));
    }
    List<Map<String, String>> lines = new ArrayList<>();
    for (Window window : all) {
      Map<String, String> line = permit(window.path(), window.days(), head);
      line.put("data_from", ALL);
      line.put("data_to", ALL);
      line.put("categories_in", contact.categories());
      line.put("purposes", contact.purpose());
      lines.add(line);
    }
    return lines;
  }

  /** The days of one window and one of the others, for each two that have some. */
  private static List<Window> both(List<Window> some, List<Window> others) {
    List<Window> both = new ArrayList<>();
    for (Window one : some) {
      for (Window other : others) {
        String path = one.path() + other.path().replace("provision.", "+");
        one.days().and(other.days()).ifPresent(days -> both.add(new Window(days, path)));
      }
    }
    return both;
  }

  private Map<String, String> permit(Window use, Window collect, String from, ConsentHead head) {
    String path = use.path() + collect.path().replace("provision.", "+");
    Map<String, String> line = permit(path, use.days(), head);
    line.put("data_from", from);
    line.put("data_to", collect.days().to());
    line.put("purposes", pack.permit().purposes());
    return line;
  }

  private List<Map<String, String>> byAttributes(
      Map<String, Item.Complex> permits, Days limit, ConsentHead head) throws Failure {
    Set<String> known = Set.of("purpose", "dataPeriod", "action");
    List<Map<String, String>> lines = new ArrayList<>();
    for (Map.Entry<String, Item.Complex> permit : permits.entrySet()) {
      Item.Complex provision = permit.getValue();
      boolean isPlain = reader.hasOnly(provision, NO_ATTRIBUTES, known);
      Set<String> actions = reader.codings(provision.all("action"));
      boolean isAction =
          !provision.has("action") || actions.stream().anyMatch(pack.actions()::contains);
      if (!isAction && actions.isEmpty()) {
        unknown.accept(Unknown.ATTRIBUTE, "action");
      } else if (!isAction) {
        actions.forEach(action -> unknown.accept(Unknown.ACTION, action));
      }
      Optional<Days> days = permitted(provision, "period").flatMap(limit::and);
      boolean isRoot = permit.getKey().equals("provision");
      boolean isWhole = isRoot || provision.get("provision").isEmpty();
      Optional<Days> data = permitted(provision, "dataPeriod");
      if (isPlain && isAction && isWhole && days.isPresent() && data.isPresent()) {
        Map<String, String> line = permit(permit.getKey(), days.get(), head);
        boolean isAll =
            !provision.has("dataPeriod")
                && pack.permit().withoutDataPeriod() == ConsentPack.WithoutDataPeriod.ALL;
        line.put("data_from", isAll ? ALL : data.get().from());
        line.put("data_to", isAll ? ALL : data.get().to());
        line.put("purposes", String.join("|", purposes(provision).orElse(List.of())));
        lines.add(line);
      }
    }
    return lines;
  }

  private Map<String, String> permit(String path, Days days, ConsentHead head) {
    Map<String, String> line = head.line(path, "PERMIT");
    line.put("valid_from", days.from());
    line.put("valid_to", days.to());
    line.put("studies", ALL);
    line.put("recipients", ALL);
    line.put("categories_in", ALL);
    line.put("duo", pack.permit().orEmpty(pack.permit().duo()));
    line.put("legal_basis", pack.permit().orEmpty(pack.permit().legalBasis()));
    line.put("jurisdiction", pack.permit().orEmpty(pack.permit().jurisdiction()));
    return line;
  }
}
