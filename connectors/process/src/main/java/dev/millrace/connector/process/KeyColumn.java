// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.TypeRoot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A column that holds a key, or a part of one. */
record KeyColumn(int index, String name) {
  static final ConfigOption<String> OPTION =
      ConfigOption.string("business-key-column", "The column that holds the business key.");

  /**
   * The business key's, if the table names one.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if there is no such column or it
   *     is no key
   */
  static Optional<KeyColumn> of(TableContext table) {
    return table.options().find(OPTION).map(name -> of(table, OPTION.key(), name));
  }

  /** Those that an option names, separated by ';'. */
  static List<KeyColumn> list(TableContext table, ConfigOption<String> option) {
    return names(table, option).stream().map(name -> of(table, option.key(), name)).toList();
  }

  static List<String> names(TableContext table, ConfigOption<String> option) {
    return table.options().find(option).stream()
        .flatMap(text -> Arrays.stream(text.split(";")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static KeyColumn of(TableContext table, String option, String name) {
    int index = index(table, option, name);
    Column column = table.schema().columns().get(index);
    TypeRoot root = column.type().root();
    if (!root.isCharacter() && !root.isInteger()) {
      throw ProcessErrors.keyNotString(option, column);
    }
    return new KeyColumn(index, name);
  }

  static int index(TableContext table, String option, String name) {
    int index = table.schema().indexOf(name);
    if (index < 0) {
      throw ProcessErrors.unknownColumn(option, name, table.schema().names());
    }
    return index;
  }

  /** The key of a row, or null. */
  String value(RowBatch batch, int row) {
    Object value = RowValues.get(batch, row, index);
    return value == null ? null : value.toString();
  }
}
