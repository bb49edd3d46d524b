// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a plan remembers, in words and by fingerprint, to be compared with what another one does.
 * Immutable.
 *
 * <p>As text, a line each: {@code kind ⇥ statement ⇥ fingerprint}, followed by its traits as {@code
 * ⇥ name ⇥ value}.
 *
 * @param operators those that remember rows, in the order of the plan
 */
public record Memory(List<Remembering> operators) {
  private static final String TAB = "\t";

  public Memory {
    operators = List.copyOf(operators);
  }

  /**
   * An operator that remembers rows.
   *
   * @param kind such as {@code GroupAggregate}
   * @param statement the table its results are written to
   * @param fingerprint equal if it and all below compute the same
   * @param traits what it does, by name
   */
  public record Remembering(
      String kind, String statement, String fingerprint, Map<String, String> traits) {
    public Remembering {
      traits = new LinkedHashMap<>(traits);
    }

    private String title() {
      return kind + " of the statement that writes '" + statement + "'";
    }
  }

  /** What a plan remembers. */
  public static Memory of(Plan plan) {
    Fingerprint fingerprint = new Fingerprint(plan);
    Map<String, Remembering> found = new LinkedHashMap<>();
    for (Insert insert : plan.inserts()) {
      for (PlanNode node : Plan.statefulNodes(insert)) {
        String print = fingerprint.of(node);
        found.putIfAbsent(
            print,
            new Remembering(
                node.getClass().getSimpleName(), insert.table(), print, node.accept(new Traits())));
      }
    }
    return new Memory(List.copyOf(found.values()));
  }

  public boolean isEmpty() {
    return operators.isEmpty();
  }

  /** As text, from which {@link #parse} makes it again. */
  public String text() {
    return operators.stream().map(Memory::line).collect(Collectors.joining("\n"));
  }

  private static String line(Remembering operator) {
    StringBuilder line = new StringBuilder();
    line.append(clean(operator.kind())).append(TAB).append(clean(operator.statement()));
    line.append(TAB).append(operator.fingerprint());
    operator
        .traits()
        .forEach((name, value) -> line.append(TAB).append(name).append(TAB).append(clean(value)));
    return line.toString();
  }

  private static String clean(String text) {
    return text.replaceAll("\\s", " ");
  }

  /** Reads {@link #text}. */
  public static Memory parse(String text) {
    return new Memory(
        text.lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.split(TAB, -1))
            .map(Memory::parse)
            .toList());
  }

  private static Remembering parse(String[] cells) {
    Map<String, String> traits = new LinkedHashMap<>();
    for (int i = 3; i + 1 < cells.length; i += 2) {
      traits.put(cells[i], cells[i + 1]);
    }
    return new Remembering(cells[0], cells[1], cells[2], traits);
  }

  /**
   * Why another plan could not go on with what was remembered for this one; a line each. Empty if
   * it can.
   */
  public List<String> differences(Memory later) {
    List<Remembering> gone = without(later);
    List<Remembering> fresh = later.without(this);
    List<String> lines = new ArrayList<>();
    for (Remembering old : gone) {
      Remembering heir =
          fresh.stream()
              .filter(
                  each ->
                      each.kind().equals(old.kind()) && each.statement().equals(old.statement()))
              .findFirst()
              .orElse(null);
      if (heir == null) {
        lines.add(old.title() + " is gone: " + old.traits());
      } else {
        fresh.remove(heir);
        lines.add(old.title() + ": " + changes(old, heir));
      }
    }
    fresh.forEach(each -> lines.add(each.title() + " is new: " + each.traits()));
    return lines;
  }

  private List<Remembering> without(Memory other) {
    Set<String> known =
        other.operators.stream().map(Remembering::fingerprint).collect(Collectors.toSet());
    return operators.stream()
        .filter(each -> !known.contains(each.fingerprint()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static String changes(Remembering old, Remembering heir) {
    Set<String> names = new LinkedHashSet<>(old.traits().keySet());
    names.addAll(heir.traits().keySet());
    String changes =
        names.stream()
            .filter(name -> !trait(old, name).equals(trait(heir, name)))
            .map(name -> name + " were " + trait(old, name) + ", now " + trait(heir, name))
            .collect(Collectors.joining("; "));
    return changes.isEmpty() ? "settings that its results depend on have changed" : changes;
  }

  private static String trait(Remembering operator, String name) {
    return operator.traits().getOrDefault(name, "none");
  }
}
