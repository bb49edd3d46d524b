// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.AddressedSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plan reads, to be compared with what another one does: which positions of the one are
 * right for the other. Immutable.
 *
 * <p>As text, a line each: {@code table}, followed by its address as {@code ⇥ key ⇥ value}.
 *
 * @param addresses by table as declared; empty where it is not known what a table reads
 */
public record Sources(SortedMap<String, Map<String, String>> addresses) {
  private static final String TAB = "\t";

  public Sources {
    addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
  }

  /** What a plan reads. */
  public static Sources of(Plan plan) {
    SortedMap<String, Map<String, String>> addresses = new TreeMap<>();
    plan.inserts().forEach(insert -> collect(insert.query(), addresses));
    return new Sources(addresses);
  }

  private static void collect(PlanNode node, Map<String, Map<String, String>> addresses) {
    if (node instanceof PlanNode.Scan scan) {
      Map<String, String> address = new TreeMap<>();
      if (scan.source() instanceof AddressedSource source) {
        source.address().forEach((key, value) -> address.put(key, clean(value)));
      }
      addresses.put(clean(scan.table()), address);
    }
    node.inputs().forEach(input -> collect(input, addresses));
  }

  /** Tables of which nobody knows what they read. */
  public static Sources unknown(Collection<String> tables) {
    SortedMap<String, Map<String, String>> addresses = new TreeMap<>();
    tables.forEach(table -> addresses.put(table, Map.of()));
    return new Sources(addresses);
  }

  /** As text, from which {@link #parse} makes it again. */
  public String text() {
    return addresses.entrySet().stream()
        .map(source -> line(source.getKey(), source.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String line(String table, Map<String, String> address) {
    StringBuilder line = new StringBuilder(table);
    address.forEach((key, value) -> line.append(TAB).append(key).append(TAB).append(value));
    return line.toString();
  }

  private static String clean(String text) {
    return text.replaceAll("\\s", " ");
  }

  /** Reads {@link #text}. */
  public static Sources parse(String text) {
    SortedMap<String, Map<String, String>> addresses = new TreeMap<>();
    text.lines()
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(TAB, -1))
        .forEach(
            cells -> {
              Map<String, String> address = new TreeMap<>();
              for (int i = 1; i + 1 < cells.length; i += 2) {
                address.put(cells[i], cells[i + 1]);
              }
              addresses.put(cells[0], address);
            });
    return new Sources(addresses);
  }

  /**
   * The tables whose positions are right for another plan, each with its name there: what reads the
   * same under the same name, and what alone reads the same under another.
   */
  public Map<String, String> kept(Sources later) {
    Map<String, String> kept = new LinkedHashMap<>();
    addresses.forEach(
        (table, address) -> {
          Map<String, String> there = later.addresses.get(table);
          if (there != null && (address.isEmpty() || address.equals(there))) {
            kept.put(table, table);
          }
        });
    Set<String> fresh = new HashSet<>(later.addresses.keySet());
    fresh.removeAll(kept.values());
    Set<String> gone = new HashSet<>(addresses.keySet());
    gone.removeAll(kept.keySet());
    for (String table : gone) {
      Map<String, String> address = addresses.get(table);
      List<String> heirs = same(address, later.addresses, fresh);
      if (heirs.size() == 1 && same(address, addresses, gone).size() == 1) {
        kept.put(table, heirs.get(0));
      }
    }
    return kept;
  }

  /** Which of some tables have an address, by name. */
  private static List<String> same(
      Map<String, String> address, Map<String, Map<String, String>> all, Set<String> tables) {
    return tables.stream()
        .filter(table -> !address.isEmpty() && address.equals(all.get(table)))
        .sorted()
        .toList();
  }

  /**
   * Where it is not clear how another plan could go on: a table of the same name reads something
   * else, or which table has become which cannot be told. A line each; empty if all is clear.
   */
  public List<String> differences(Sources later) {
    Map<String, String> kept = kept(later);
    Set<String> fresh = new HashSet<>(later.addresses.keySet());
    fresh.removeAll(kept.values());
    List<String> lines = new ArrayList<>();
    addresses.forEach(
        (table, address) -> {
          if (!kept.containsKey(table)) {
            List<String> heirs = same(address, later.addresses, fresh);
            if (!heirs.isEmpty()) {
              lines.add("table '" + table + "' is gone, and what it read is read by " + heirs);
            } else if (fresh.contains(table)) {
              lines.add("table '" + table + "': " + changes(address, later.addresses.get(table)));
            }
          }
        });
    return lines;
  }

  /**
   * Names that pass to another source while rows may be read again by them: those were read by the
   * names of their tables, and would be read of the wrong one. A line each.
   *
   * @param traced names of tables that are gone and of which rows may be read again
   */
  public List<String> reused(Sources later, Set<String> traced) {
    Map<String, String> kept = kept(later);
    List<String> lines = new ArrayList<>();
    for (String name : later.addresses.keySet()) {
      String heir = kept.get(name);
      if (name.equals(heir)) {
        continue;
      }
      if (heir != null) {
        lines.add(
            "table '%s' is now called '%s', and its name is another source's"
                .formatted(name, heir));
      } else if (traced.contains(name)) {
        lines.add(
            "table '%s' has the name of one that is gone and whose rows may be read again until the"
                    .formatted(name)
                + " pipeline has stored its state twice");
      }
    }
    return lines;
  }

  private static String changes(Map<String, String> old, Map<String, String> now) {
    Set<String> keys = new HashSet<>(old.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .sorted()
        .filter(key -> !value(old, key).equals(value(now, key)))
        .map(key -> "'" + key + "' was " + value(old, key) + ", now " + value(now, key))
        .collect(Collectors.joining("; "));
  }

  private static String value(Map<String, String> address, String key) {
    String value = address.get(key);
    return value == null ? "not given" : "'" + value + "'";
  }
}
