// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.spi.error.Location;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * One statement of a script, without its semicolon.
 *
 * @param file the script's name
 * @param text begins with the statement's first token
 * @param line of that token in the script, from 1
 * @param column of that token in the script, from 1
 */
public record Statement(String file, String text, int line, int column) {
  public Location start() {
    return new Location(file, line, column);
  }

  /** The place in the script of a node of this statement. */
  public Location at(SqlNode node) {
    return at(node.getParserPosition());
  }

  /** The place in the script of a position in this statement. */
  public Location at(SqlParserPos position) {
    return at(position.getLineNum(), position.getColumnNum());
  }

  Location at(int lineInStatement, int columnInStatement) {
    if (lineInStatement < 1) {
      return start();
    }
    return lineInStatement == 1
        ? new Location(file, line, column + Math.max(columnInStatement, 1) - 1)
        : new Location(file, line + lineInStatement - 1, Math.max(columnInStatement, 1));
  }
}
