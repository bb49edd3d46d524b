// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static java.util.Map.entry;

import dev.millrace.plan.expression.Function;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.function.Mapping;
import dev.millrace.sql.function.WindowFunctions;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlDatePartFunction;

/** All operators and functions of the dialect as Markdown, with their arguments. */
final class FunctionList {
  private enum Group {
    OPERATORS("Operators"),
    NUMBERS("Numbers"),
    CONDITIONS("Conditions and casts"),
    STRINGS("Strings and bytes"),
    MAPS("Maps"),
    TIMES("Dates and times"),
    AGGREGATES("Aggregates"),
    WINDOWS("Windows, in FROM");

    private final String title;

    Group(String title) {
      this.title = title;
    }
  }

  /** Parts of the syntax of queries, and second names that the grammar makes. */
  private static final Set<String> NOT_LISTED =
      Set.of(
          "AS",
          "=>",
          "DESCRIPTOR",
          "ROW",
          "SEARCH",
          "UNION",
          "UNION ALL",
          "TABLE",
          "VALUES",
          "FILTER",
          "$LiteralChain",
          "DEFAULT",
          "TRANSLATE3",
          "$SUM0");

  /** Calls that are written otherwise than as name and arguments, or take less than declared. */
  private static final Map<String, String> WRITTEN =
      Map.ofEntries(
          entry("CARDINALITY", "CARDINALITY(map)"),
          entry("CAST", "CAST(any AS type)"),
          entry("ITEM", "map[key]"),
          entry("MAP", "MAP[key, value, …]"),
          entry("TRY_CAST", "TRY_CAST(any AS type)"),
          entry("COUNT", "COUNT(*)`, `COUNT(any)"),
          entry("TRIM", "TRIM([BOTH | LEADING | TRAILING] [string FROM] string)"),
          entry("POSITION", "POSITION(string IN string)"),
          entry("FROM_BASE64", "FROM_BASE64(string)"),
          entry("OVERLAY", "OVERLAY(string PLACING string FROM integer [FOR integer])"),
          entry("EXTRACT", "EXTRACT(unit FROM time)"),
          entry("TIMESTAMPADD", "TIMESTAMPADD(unit, integer, time)"),
          entry("TIMESTAMPDIFF", "TIMESTAMPDIFF(unit, time, time)"));

  private static final Pattern PLACEHOLDER = Pattern.compile("<([^>]+)>");

  private static final Map<String, String> KINDS =
      Map.of(
          "CHARACTER", "string",
          "STRING", "string or bytes",
          "BINARY", "bytes",
          "NUMERIC", "number",
          "EXACT_NUMERIC", "exact number",
          "COMPARABLE_TYPE", "any",
          "DATETIME", "time",
          "TIME_UNIT", "unit",
          "TIMESTAMP or TIMESTAMP_LTZ column", "column");

  private FunctionList() {}

  static String markdown() {
    Map<Group, Set<String>> groups = new EnumMap<>(Group.class);
    for (SqlOperator operator : Functions.instance().getOperatorList()) {
      if (!NOT_LISTED.contains(operator.getName())) {
        Group group = group(operator);
        groups
            .computeIfAbsent(
                group, each -> each == Group.OPERATORS ? new LinkedHashSet<>() : new TreeSet<>())
            .add(group == Group.OPERATORS ? written(operator) : calls(operator));
      }
    }
    return groups.entrySet().stream()
        .map(each -> "\n**%s.** %s\n".formatted(each.getKey().title, join(each.getValue())))
        .collect(Collectors.joining("", "", "\n"));
  }

  private static String written(SqlOperator operator) {
    return "`" + WRITTEN.getOrDefault(operator.getName(), operator.getName()) + "`";
  }

  private static String join(Set<String> calls) {
    return String.join(", ", calls);
  }

  private static Group group(SqlOperator operator) {
    if (operator instanceof SqlAggFunction) {
      return Group.AGGREGATES;
    }
    if (WindowFunctions.find(operator).isPresent()) {
      return Group.WINDOWS;
    }
    Optional<Function> function = Functions.instance().find(operator).map(Mapping::function);
    if (function.isPresent()) {
      return operator instanceof SqlFunction ? group(function.get()) : Group.OPERATORS;
    }
    if (operator instanceof SqlDatePartFunction) {
      return Group.TIMES;
    }
    return operator instanceof SqlFunction ? ofRewritten(operator.getName()) : Group.OPERATORS;
  }

  /** The functions of the plan stand in the order of their kinds. */
  private static Group group(Function function) {
    if (function.compareTo(Function.EQUALS) < 0) {
      return Group.NUMBERS;
    }
    if (function.compareTo(Function.CONCAT) < 0) {
      return Group.CONDITIONS;
    }
    if (function == Function.CARDINALITY) {
      return Group.MAPS;
    }
    return function.compareTo(Function.EXTRACT) < 0 ? Group.STRINGS : Group.TIMES;
  }

  private static Group ofRewritten(String name) {
    return name.startsWith("SHA") ? Group.STRINGS : Group.CONDITIONS;
  }

  private static String calls(SqlOperator operator) {
    String name = operator.getName();
    if (operator.getSyntax() == SqlSyntax.FUNCTION_ID) {
      return "`" + name + "`";
    }
    String written = WRITTEN.get(name);
    return "`" + (written == null ? signatures(operator) : written) + "`";
  }

  private static String signatures(SqlOperator operator) {
    Set<String> signatures = new LinkedHashSet<>();
    for (String signature : operator.getAllowedSignatures().split("\n")) {
      if (!signature.contains("<DATETIME_INTERVAL>")) {
        signatures.add(plain(signature, operator.getOperandCountRange().getMax() < 0));
      }
    }
    return String.join("`, `", signatures);
  }

  private static String plain(String signature, boolean more) {
    String text =
        PLACEHOLDER
            .matcher(signature.replace("'", ""))
            .replaceAll(
                type -> KINDS.getOrDefault(type.group(1), type.group(1).toLowerCase(Locale.ROOT)));
    return more ? text.replace(")", ", …)") : text;
  }
}
