// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.TypeRoot;
import java.util.Optional;

/** The column that holds a business key. */
record KeyColumn(int index, String name) {
  static final ConfigOption<String> OPTION =
      ConfigOption.string("business-key-column", "The column that holds the business key.");

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if there is no such column or it
   *     is no key
   */
  static Optional<KeyColumn> of(TableContext table) {
    return table
        .options()
        .find(OPTION)
        .map(
            name -> {
              Column column = table.schema().columns().get(index(table, OPTION.key(), name));
              TypeRoot root = column.type().root();
              if (!root.isCharacter() && !root.isInteger()) {
                throw ProcessErrors.keyNotString(OPTION.key(), column);
              }
              return new KeyColumn(table.schema().indexOf(name), name);
            });
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
