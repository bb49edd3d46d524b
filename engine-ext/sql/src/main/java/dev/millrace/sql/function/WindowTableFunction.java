// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import static org.apache.calcite.util.Static.RESOURCE;

import dev.millrace.plan.node.Window;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * TUMBLE, HOP or CUMULATE over a table and a {@code DESCRIPTOR} of its event time column. Appends
 * {@code window_start} and {@code window_end} as TIMESTAMP(3), {@code window_time} as the column.
 */
final class WindowTableFunction extends SqlWindowTableFunction {
  private static final int WINDOW_PRECISION = 3;

  private final Window.Kind kind;

  WindowTableFunction(Window.Kind kind, List<String> parameters, int mandatory) {
    super(kind.name(), new Parameters(parameters, mandatory));
    this.kind = kind;
  }

  Window.Kind kind() {
    return kind;
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return WindowTableFunction::rowType;
  }

  private static RelDataType rowType(SqlOperatorBinding binding) {
    SqlCallBinding call = (SqlCallBinding) binding;
    RelDataType input = call.getOperandType(0);
    RelDataTypeFactory factory = call.getTypeFactory();
    return factory
        .builder()
        .kind(input.getStructKind())
        .addAll(input.getFieldList())
        .add("window_start", SqlTypeName.TIMESTAMP, WINDOW_PRECISION)
        .add("window_end", SqlTypeName.TIMESTAMP, WINDOW_PRECISION)
        .add(
            "window_time",
            factory.createTypeWithNullability(timeColumn(call, input).getType(), false))
        .build();
  }

  private static RelDataTypeField timeColumn(SqlCallBinding call, RelDataType input) {
    SqlNode operand = call.operand(1);
    if (operand.getKind() != SqlKind.DESCRIPTOR) {
      throw call.newValidationSignatureError();
    }
    SqlNode column = ((SqlCall) operand).operand(0);
    RelDataTypeField field =
        column instanceof SqlIdentifier name && name.isSimple()
            ? input.getField(name.getSimple(), true, false)
            : null;
    if (field == null) {
      throw SqlUtil.newContextException(
          column.getParserPosition(), RESOURCE.unknownIdentifier(column.toString()));
    }
    return field;
  }

  /** The parameters by name; the first is the table, the second the time column. */
  private record Parameters(List<String> paramNames, int mandatory) implements SqlOperandMetadata {
    @Override
    public List<RelDataType> paramTypes(RelDataTypeFactory typeFactory) {
      return Collections.nCopies(paramNames.size(), typeFactory.createSqlType(SqlTypeName.ANY));
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.between(mandatory, paramNames.size());
    }

    @Override
    public boolean isOptional(int i) {
      return i >= mandatory;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      RelDataType input = call.getValidator().getValidatedNodeType(call.operand(0));
      boolean fits = SqlTypeUtil.isTimestamp(timeColumn(call, input).getType());
      for (int i = 2; i < call.getOperandCount(); i++) {
        fits &= SqlTypeUtil.isInterval(call.getValidator().getValidatedNodeType(call.operand(i)));
      }
      if (!fits && throwOnFailure) {
        throw call.newValidationSignatureError();
      }
      return fits;
    }

    @Override
    public String getAllowedSignatures(SqlOperator op, String opName) {
      return opName
          + "(TABLE <table>, DESCRIPTOR(<TIMESTAMP or TIMESTAMP_LTZ column>)"
          + ", <interval>".repeat(mandatory - 2)
          + "[, <interval>])";
    }
  }
}
