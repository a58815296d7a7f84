package org.consentry.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Tries to compute masked counts from a manifest's predicate: every equation its numbers obey, and
 * intervals narrowed until nothing moves.
 */
final class Attacker {

  private static final long MANY = 1_000_000;

  /** A masked count and what the attacker knows of it. */
  record Unknown(String name, long low, long high) {}

  private final Map<String, long[]> bounds = new LinkedHashMap<>();
  private final List<String> masked = new ArrayList<>();

  /** Sums of parts: first the whole, then the parts. */
  private final List<List<String>> equations = new ArrayList<>();

  private Attacker() {}

  static List<Unknown> narrow(JsonNode predicate) {
    Attacker attacker = new Attacker();
    attacker.learn("subjects", predicate.path("consent").path("subjects"));
    for (JsonNode table : predicate.path("tables")) {
      attacker.learn(table.path("name").asString(), table.path("rows"));
    }
    attacker.tie("subjects", "patients");
    while (attacker.step()) {}
    return attacker.masked.stream().map(name -> attacker.unknown(name)).toList();
  }

  private Unknown unknown(String name) {
    return new Unknown(name, of(name)[0], of(name)[1]);
  }

  private long[] of(String name) {
    return Objects.requireNonNull(bounds.get(name));
  }

  private void learn(String part, JsonNode counts) {
    List<String> read = new ArrayList<>(List.of(part + ".read", part + ".released"));
    for (String step : List.of("excluded", "rejected")) {
      List<String> total = new ArrayList<>(List.of(part + "." + step + "Total"));
      counts
          .path(step)
          .properties()
          .forEach(reason -> total.add(bound(part + "." + reason.getKey(), reason.getValue())));
      read.addAll(total.subList(1, total.size()));
      bound(total.get(0), counts.path(step + "Total"));
      equations.add(total);
    }
    bound(part + ".read", counts.path("read"));
    bound(part + ".released", counts.path("released"));
    equations.add(read);
  }

  private String bound(String name, JsonNode value) {
    if (value.isNumber()) {
      bounds.put(name, new long[] {value.asLong(), value.asLong()});
    } else if (value.asString().equals("<11")) {
      bounds.put(name, new long[] {1, 10});
      masked.add(name);
    } else {
      bounds.put(name, new long[] {0, MANY});
    }
    return name;
  }

  /** One row per person: every count of one is that of the other. */
  private void tie(String one, String other) {
    for (String name : List.copyOf(bounds.keySet())) {
      String twin = other + name.substring(one.length());
      if (name.startsWith(one + ".") && bounds.containsKey(twin)) {
        equations.add(List.of(name, twin));
      }
    }
  }

  private boolean step() {
    boolean moved = false;
    for (List<String> equation : equations) {
      for (int i = 0; i < equation.size(); i++) {
        moved |= tighten(equation, i);
      }
    }
    return moved;
  }

  private boolean tighten(List<String> equation, int at) {
    long low = 0;
    long high = 0;
    for (int i = 0; i < equation.size(); i++) {
      long[] other = of(equation.get(i));
      if (i != at && (i == 0 || at == 0)) {
        low += other[0];
        high += other[1];
      } else if (i != at) {
        low -= other[1];
        high -= other[0];
      }
    }
    long[] mine = of(equation.get(at));
    long newLow = Math.max(mine[0], low);
    long newHigh = Math.min(mine[1], high);
    boolean moved = newLow != mine[0] || newHigh != mine[1];
    mine[0] = newLow;
    mine[1] = newHigh;
    return moved;
  }
}
