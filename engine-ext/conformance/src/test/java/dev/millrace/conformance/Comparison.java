// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** In what a script differs on Millrace from what Flink makes of it. */
final class Comparison {
  private final List<String> differences = new ArrayList<>();

  private Comparison() {}

  /** One text per difference; empty if there is none. */
  static List<String> differences(Script script, FlinkOracle flink, MillraceSubject millrace) {
    Comparison comparison = new Comparison();
    FlinkOracle.Judgement judgement = flink.run(script);
    comparison.checkOracle(script, judgement.outcome());
    if (script.refused().isPresent()) {
      comparison.checkRefusal(
          script.refused().get(), millrace.run(script, judgement.resultDeclaration(), 1));
      return comparison.differences;
    }
    comparison.compareTypes(script, judgement.types(), millrace);
    for (int lanes : new int[] {1, 4}) {
      Outcome outcome = millrace.run(script, judgement.resultDeclaration(), lanes);
      comparison.compare("lanes " + lanes, judgement.outcome(), outcome);
    }
    return comparison.differences;
  }

  private void checkOracle(Script script, Outcome flink) {
    if (flink.failure().isPresent() != script.fails()) {
      String unexpected = script.fails() ? "succeeds" : "fails" + flink.failureText();
      throw new AssertionError("on Flink " + script.name() + " " + unexpected);
    }
    if (flink.failure().isEmpty() && flink.rows().isEmpty()) {
      throw new AssertionError("on Flink " + script.name() + " has no rows, so it shows nothing");
    }
  }

  /** What is not supported is refused at validation, by name. */
  private void checkRefusal(String name, Outcome millrace) {
    boolean byName =
        millrace.failure().isPresent()
            && millrace.failure().get() instanceof ScriptException refusal
            && refusal.getMessage().contains(name)
            && refusal.getMessage().contains("not supported");
    if (!byName) {
      differences.add("Millrace does not refuse " + name + " by name" + millrace.failureText());
    }
  }

  private void compareTypes(Script script, List<String> flink, MillraceSubject subject) {
    List<String> millrace;
    try {
      millrace = subject.types(script);
    } catch (ScriptException | MillraceException e) {
      return; // the comparison of rows will tell
    }
    for (int i = 0; i < Math.max(flink.size(), millrace.size()); i++) {
      String expected = i < flink.size() ? flink.get(i) : "no column";
      String actual = i < millrace.size() ? millrace.get(i) : "no column";
      if (!expected.equals(actual)) {
        differences.add("type: Flink " + expected + ", Millrace " + actual);
      }
    }
  }

  private void compare(String what, Outcome flink, Outcome millrace) {
    if (flink.failure().isPresent()) {
      compareFailure(what, millrace);
    } else if (millrace.failure().isPresent()) {
      differences.add(what + ": Millrace fails" + millrace.failureText());
    } else if (!flink.rows().equals(millrace.rows())) {
      differences.add(what + ": rows differ" + rowDifferences(flink.rows(), millrace.rows()));
    }
  }

  private void compareFailure(String what, Outcome millrace) {
    if (millrace.failure().isEmpty()) {
      differences.add(what + ": Millrace runs what fails on Flink");
    } else if (!hasErrorOfItsOwn(millrace.failure().get())) {
      differences.add(what + ": Millrace fails with no error of its own" + millrace.failureText());
    }
  }

  private static boolean hasErrorOfItsOwn(Throwable failure) {
    return failure instanceof MillraceException || failure instanceof ScriptException;
  }

  private static String rowDifferences(Map<String, Integer> flink, Map<String, Integer> millrace) {
    StringBuilder text = new StringBuilder();
    TreeSet<String> rows = new TreeSet<>(flink.keySet());
    rows.addAll(millrace.keySet());
    for (String row : rows) {
      int surplus = flink.getOrDefault(row, 0) - millrace.getOrDefault(row, 0);
      if (surplus != 0) {
        text.append(surplus > 0 ? "\n      Flink    " : "\n      Millrace ").append(row);
        text.append(Math.abs(surplus) > 1 ? " x" + Math.abs(surplus) : "");
      }
    }
    return text.toString();
  }
}
