// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.Insert;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.connector.ProjectableSource;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Has sources read only the columns that some statement of the script needs. Two scans of one table
 * stay one: what all of them need is read once. Joins, unions and lookups keep the columns they
 * have: those nobody reads were dropped below them before.
 */
public final class NarrowScans {
  private final ReadColumns read = new ReadColumns();
  private final Map<PlanNode.Scan, Narrowed> scans = new HashMap<>();
  private final Map<PlanNode, Narrowed> nodes = new IdentityHashMap<>();

  private NarrowScans() {}

  /** All statements of a script. */
  public static List<Insert> of(List<Insert> inserts) {
    NarrowScans pass = new NarrowScans();
    inserts.forEach(insert -> pass.read.addAll(insert.query()));
    return inserts.stream()
        .map(
            insert ->
                new Insert(
                    insert.table(), insert.sink(), insert.sinkType(), pass.whole(insert.query())))
        .toList();
  }

  /** A node that has all its columns, for it is read with all of them. */
  private PlanNode whole(PlanNode node) {
    return narrowed(node).node();
  }

  private Narrowed narrowed(PlanNode node) {
    Narrowed known = nodes.get(node);
    if (known == null) {
      known = node.accept(new Narrowing());
      nodes.put(node, known);
    }
    return known;
  }

  private Narrowed narrow(PlanNode.Scan scan) {
    int[] columns = read.of(scan);
    if (columns.length < scan.type().size() && scan.source() instanceof ProjectableSource source) {
      Optional<TableSource> projected = source.project(columns);
      if (projected.isPresent()) {
        return new Narrowed(
            new PlanNode.Scan(scan.table(), projected.get(), scan.type().select(columns)),
            IntStream.of(columns).boxed().toList());
      }
    }
    return Narrowed.unchanged(scan);
  }

  /**
   * A node in its new form.
   *
   * @param kept what its columns are among those of the old form
   */
  private record Narrowed(PlanNode node, List<Integer> kept) {
    static Narrowed unchanged(PlanNode node) {
      return new Narrowed(node, IntStream.range(0, node.type().size()).boxed().toList());
    }

    int moved(int column) {
      return kept.indexOf(column);
    }

    List<Integer> moved(List<Integer> columns) {
      return columns.stream().map(this::moved).toList();
    }

    Expression moved(Expression expression) {
      return Expressions.mapInputs(
          expression, input -> new Expression.Input(moved(input.column()), input.type()));
    }

    List<AggregateCall> movedCalls(List<AggregateCall> calls) {
      return calls.stream()
          .map(
              call ->
                  new AggregateCall(
                      call.function(),
                      moved(call.arguments()),
                      call.distinct(),
                      call.filter() < 0 ? -1 : moved(call.filter()),
                      call.type()))
          .toList();
    }

    Window moved(Window window) {
      return new Window(
          window.kind(), moved(window.timeColumn()), window.size(), window.step(), window.offset());
    }
  }

  private final class Narrowing implements PlanNode.Visitor<Narrowed> {
    @Override
    public Narrowed scan(PlanNode.Scan node) {
      return scans.computeIfAbsent(node, NarrowScans.this::narrow);
    }

    @Override
    public Narrowed values(PlanNode.Values node) {
      return Narrowed.unchanged(node);
    }

    @Override
    public Narrowed calc(PlanNode.Calc node) {
      Narrowed input = narrowed(node.input());
      List<Expression> projections = node.projections().stream().map(input::moved).toList();
      boolean changesNothing =
          node.condition().isEmpty()
              && node.type().equals(input.node().type())
              && projections.equals(Calcs.identity(node.type()));
      return Narrowed.unchanged(
          changesNothing
              ? input.node()
              : new PlanNode.Calc(
                  input.node(), node.condition().map(input::moved), projections, node.type()));
    }

    @Override
    public Narrowed watermark(PlanNode.Watermark node) {
      Narrowed input = narrowed(node.input());
      return new Narrowed(
          new PlanNode.Watermark(
              input.node(), input.moved(node.column()), input.moved(node.expression())),
          input.kept());
    }

    /** All columns: a row is what it was only if all of them are. */
    @Override
    public Narrowed changelogNormalize(PlanNode.ChangelogNormalize node) {
      return Narrowed.unchanged(new PlanNode.ChangelogNormalize(whole(node.input()), node.keys()));
    }

    @Override
    public Narrowed union(PlanNode.Union node) {
      return Narrowed.unchanged(
          new PlanNode.Union(
              node.inputs().stream().map(NarrowScans.this::whole).toList(), node.type()));
    }

    @Override
    public Narrowed groupAggregate(PlanNode.GroupAggregate node) {
      Narrowed input = narrowed(node.input());
      return Narrowed.unchanged(
          new PlanNode.GroupAggregate(
              input.node(), input.moved(node.keys()), input.movedCalls(node.calls()), node.type()));
    }

    @Override
    public Narrowed windowAggregate(PlanNode.WindowAggregate node) {
      Narrowed input = narrowed(node.input());
      return Narrowed.unchanged(
          new PlanNode.WindowAggregate(
              input.node(),
              input.moved(node.window()),
              input.moved(node.keys()),
              input.movedCalls(node.calls()),
              node.properties(),
              node.type()));
    }

    @Override
    public Narrowed windowTable(PlanNode.WindowTable node) {
      Narrowed input = narrowed(node.input());
      IntStream bounds = IntStream.range(node.input().type().size(), node.type().size());
      List<Integer> kept = Stream.concat(input.kept().stream(), bounds.boxed()).toList();
      RowType type = node.type().select(kept.stream().mapToInt(Integer::intValue).toArray());
      return new Narrowed(
          new PlanNode.WindowTable(input.node(), input.moved(node.window()), type), kept);
    }

    @Override
    public Narrowed join(PlanNode.Join node) {
      return Narrowed.unchanged(
          new PlanNode.Join(
              whole(node.left()),
              whole(node.right()),
              node.joinType(),
              node.leftKeys(),
              node.rightKeys(),
              node.condition(),
              node.type()));
    }

    @Override
    public Narrowed lookupJoin(PlanNode.LookupJoin node) {
      return Narrowed.unchanged(
          new PlanNode.LookupJoin(
              whole(node.left()),
              node.table(),
              node.source(),
              node.tableType(),
              node.joinType(),
              node.leftKeys(),
              node.lookupKeys(),
              node.condition(),
              node.type()));
    }
  }
}
