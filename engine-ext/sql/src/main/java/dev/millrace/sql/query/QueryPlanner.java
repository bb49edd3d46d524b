// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.ShapeOnlyTable;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.rel.RelToPlan;
import dev.millrace.sql.rel.RowExpressions;
import dev.millrace.sql.rel.Unplannable;
import dev.millrace.sql.script.Script;
import dev.millrace.sql.script.Statement;
import dev.millrace.sql.type.FlinkTypeFactory;
import dev.millrace.sql.type.Types;
import dev.millrace.sql.type.UnsupportedTypeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Plans the queries and expressions of one script. Single-threaded. */
public final class QueryPlanner {
  private static final SqlValidator.Config VALIDATOR =
      SqlValidator.Config.DEFAULT
          .withIdentifierExpansion(true)
          .withTypeCoercionEnabled(false)
          .withDefaultNullCollation(NullCollation.LOW)
          .withConformance(Script.conformance());
  private static final SqlToRelConverter.Config TO_REL =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(Integer.MAX_VALUE)
          .withRelBuilderConfigTransform(
              config -> config.withSimplify(false).withSimplifyValues(false).withBloat(-1));

  /** Of a query with all its views expanded. */
  private static final int MAX_NODES = 10_000;

  /** Stands in the catalog for the table whose expressions are being planned. */
  private static final String SHAPE = "$shape";

  private final Catalog catalog;
  private final FlinkTypeFactory typeFactory = new FlinkTypeFactory();
  private final CalciteCatalogReader reader;
  private final RelOptCluster cluster;

  public QueryPlanner(Catalog catalog) {
    this.catalog = catalog;
    this.reader = catalog.reader(typeFactory);
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
    this.cluster = RelOptCluster.create(planner, new RexBuilder(typeFactory));
  }

  /** Validates a query; the names of its columns are kept. */
  public RelNode toRel(SqlNode query, Statement statement) {
    Refusals.check(query, statement);
    SqlValidator validator = validator();
    SqlNode validated = validator.validate(query);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (rowType, sql, schema, view) -> {
              throw new IllegalStateException("views are expanded by their tables");
            },
            validator,
            reader,
            cluster,
            FlinkConvertlets.INSTANCE,
            TO_REL);
    RelNode rel = converter.convertQuery(validated, false, true).project();
    if (TreeSize.exceeds(rel, MAX_NODES)) {
      throw SqlErrors.tooDeep(statement.start());
    }
    return rel;
  }

  /**
   * The plan of a query.
   *
   * @param source the query as written, for places of errors
   */
  public PlanNode toPlan(RelNode query, SqlNode source, Statement statement) {
    return blaming(
        timeColumn ->
            statement.at(
                timeColumn.flatMap(column -> DescriptorSearch.find(source, column)).orElse(source)),
        () -> new RelToPlan().convert(Passes.optimise(query)));
  }

  /** Expressions over the columns of a row. */
  public List<Expression> toExpressions(
      List<SqlNode> expressions, RowType row, Statement statement, Location at) {
    catalog.add(SHAPE, new ShapeOnlyTable(row));
    try {
      RelNode rel = toRel(select(expressions), statement);
      return blaming(at, () -> RowExpressions.convert((Project) rel, row));
    } finally {
      catalog.remove(SHAPE);
    }
  }

  private static SqlSelect select(List<SqlNode> expressions) {
    SqlParserPos none = SqlParserPos.ZERO;
    return new SqlSelect(
        none,
        null,
        new SqlNodeList(expressions, none),
        new SqlIdentifier(SHAPE, none),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** The type a column is declared with; nullable unless it says otherwise. */
  public DataType type(SqlDataTypeSpec spec, Location at) {
    boolean known =
        spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec
            || spec.getTypeNameSpec() instanceof SqlMapTypeNameSpec;
    if (!known) {
      throw SqlErrors.unsupported(at, "type " + spec.getTypeName());
    }
    return blaming(at, () -> Types.toPlan(spec.deriveType(validator(), true)));
  }

  private SqlValidator validator() {
    return new FlinkValidator(reader, typeFactory, VALIDATOR);
  }

  private static <T> T blaming(Location at, Supplier<T> work) {
    return blaming(timeColumn -> at, work);
  }

  private static <T> T blaming(Function<Optional<String>, Location> place, Supplier<T> work) {
    try {
      return work.get();
    } catch (Unplannable e) {
      throw e.at(place.apply(e.timeColumn()));
    } catch (UnsupportedTypeException e) {
      throw SqlErrors.unsupported(place.apply(Optional.empty()), e.getMessage());
    }
  }
}
