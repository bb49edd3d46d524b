// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.script.Statement;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.flink.sql.parser.ddl.SqlDropObject;

/** Names of tables and views in statements. */
final class Names {
  private Names() {}

  /** The simple name; qualified names must name the one database there is. */
  static String resolve(Statement statement, SqlIdentifier identifier) {
    List<String> names = identifier.names;
    int qualifiers = names.size() - 1;
    List<String> path = Catalog.PATH;
    boolean known =
        qualifiers <= path.size()
            && names
                .subList(0, qualifiers)
                .equals(path.subList(path.size() - qualifiers, path.size()));
    if (!known) {
      throw SqlErrors.unsupported(
          statement.at(identifier),
          "a database other than " + String.join(".", path),
          "use the plain name '" + names.get(qualifiers) + "'");
    }
    return names.get(qualifiers);
  }

  /** False if it exists and that is fine. */
  static boolean isNew(
      Catalog catalog, Statement statement, SqlIdentifier identifier, boolean ifNotExists) {
    String name = resolve(statement, identifier);
    if (catalog.find(name).isEmpty()) {
      return true;
    }
    if (ifNotExists) {
      return false;
    }
    throw SqlErrors.alreadyExists(statement.at(identifier), name);
  }

  static void drop(Catalog catalog, Statement statement, SqlDropObject drop, boolean ifExists) {
    SqlIdentifier identifier = (SqlIdentifier) drop.getOperandList().get(0);
    String name = resolve(statement, identifier);
    if (catalog.find(name).isEmpty() && !ifExists) {
      throw SqlErrors.notDeclared(statement.at(identifier), name);
    }
    catalog.remove(name);
  }
}
