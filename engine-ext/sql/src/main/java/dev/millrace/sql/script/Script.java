// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;

/** Script text to statements to syntax trees. */
public final class Script {
  private static final int MAX_IDENTIFIER_LENGTH = 256;

  private static final SqlParser.Config PARSER =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withLex(Lex.JAVA)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH)
          .withConformance(FlinkConformance.INSTANCE);

  private Script() {}

  /**
   * @throws dev.millrace.spi.error.MillraceException if a string, quoted name or comment does not
   *     end, or parentheses are nested absurdly
   */
  public static List<Statement> split(String file, String script) {
    return new StatementSplitter(file, script).split();
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException if it is nested too deeply
   */
  public static SqlNode parse(Statement statement) throws SqlParseException {
    return Nesting.check(SqlParser.create(statement.text(), PARSER).parseStmt(), statement);
  }

  /** The dialect, for the validator. */
  public static SqlConformance conformance() {
    return FlinkConformance.INSTANCE;
  }
}
