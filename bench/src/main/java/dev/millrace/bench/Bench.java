// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs rounds in fresh JVMs and prints, per query and contender, the median events per second, the
 * ratio to the plain loop of the same round (minimum, median, maximum) and bytes allocated per
 * event. Usage: {@code Bench [rounds [events]]}, 5 and 2,000,000 by default.
 */
public final class Bench {
  private Bench() {}

  /** One line of a round. */
  private record Measurement(String query, String contender, double nanos, double bytes) {}

  /** What all contenders run on; nobody is to win by the choice of it. */
  private record Setting(String collector, Events.Texts texts) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("G1GC", Events.Texts.OWN),
          new Setting("G1GC", Events.Texts.SHARED),
          new Setting("ParallelGC", Events.Texts.OWN),
          new Setting("ParallelGC", Events.Texts.SHARED));

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000_000;
    Map<Setting, List<List<Measurement>>> all = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      for (Setting setting : SETTINGS) {
        List<Measurement> measured = new ArrayList<>();
        for (Query query : Query.values()) {
          measured.addAll(fork(events, query, setting));
        }
        all.computeIfAbsent(setting, fresh -> new ArrayList<>()).add(measured);
      }
    }
    all.forEach(Bench::print);
  }

  private static List<Measurement> fork(int events, Query query, Setting setting)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java,
                "-XX:+Use" + setting.collector(),
                "-Xms4g",
                "-Xmx4g",
                "-cp",
                classPath,
                Round.class.getName(),
                "" + events,
                query.name(),
                setting.texts().name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Measurement> measurements = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] part = line.split(" ");
        measurements.add(
            new Measurement(
                part[0], part[1], Double.parseDouble(part[2]), Double.parseDouble(part[3])));
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("a round failed");
    }
    return measurements;
  }

  private static void print(Setting setting, List<List<Measurement>> rounds) {
    Map<String, List<Double>> nanos = new TreeMap<>();
    Map<String, List<Double>> ratios = new TreeMap<>();
    Map<String, List<Double>> bytes = new TreeMap<>();
    for (List<Measurement> round : rounds) {
      Map<String, Double> loop = new TreeMap<>();
      for (Measurement m : round) {
        loop.merge(m.query(), m.nanos(), (first, later) -> first);
        String key = m.query() + " " + m.contender();
        add(nanos, key, m.nanos());
        add(ratios, key, loop.get(m.query()) / m.nanos());
        add(bytes, key, m.bytes());
      }
    }
    System.out.printf("%n%s, strings %s%n", setting.collector(), setting.texts());
    System.out.printf(
        "%-18s %10s   %-24s %s%n", "query, by", "M events/s", "ratio to loop", "bytes/event");
    for (String key : nanos.keySet()) {
      List<Double> ratio = ratios.get(key);
      System.out.printf(
          "%-18s %10.1f   %.2f (%.2f to %.2f)      %.2f%n",
          key,
          1000 / median(nanos.get(key)),
          median(ratio),
          ratio.stream().min(Double::compare).orElseThrow(),
          ratio.stream().max(Double::compare).orElseThrow(),
          median(bytes.get(key)));
    }
  }

  private static void add(Map<String, List<Double>> to, String key, double value) {
    to.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
