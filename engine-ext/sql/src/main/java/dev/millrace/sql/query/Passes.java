// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * The optimisations: filters go down to where they drop rows early, then columns nobody reads are
 * dropped where they appear, so that joins keep no more than they need. No expression is rewritten
 * or evaluated here; projections are merged later, in the plan.
 */
final class Passes {
  /** The planner takes cubic time; what is larger than people write stays as written. */
  private static final int MAX_NODES = 250;

  private static final RelBuilderFactory AS_WRITTEN =
      RelBuilder.proto(
          Contexts.of(
              RelBuilder.Config.DEFAULT
                  .withSimplify(false)
                  .withSimplifyValues(false)
                  .withBloat(-1)));

  private static final RelOptRule PUSH_FILTER_THROUGH_PROJECT =
      CoreRules.FILTER_PROJECT_TRANSPOSE
          .config
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .oneInput(
                          project ->
                              project
                                  .operand(Project.class)
                                  .predicate(Passes::isDeterministic)
                                  .anyInputs()))
          .withRelBuilderFactory(AS_WRITTEN)
          .toRule();
  private static final RelOptRule PUSH_FILTER_INTO_JOIN =
      CoreRules.FILTER_INTO_JOIN.config.withRelBuilderFactory(AS_WRITTEN).toRule();
  private static final RelOptRule PUSH_JOIN_CONDITION =
      CoreRules.JOIN_CONDITION_PUSH.config.withRelBuilderFactory(AS_WRITTEN).toRule();
  private static final RelOptRule PUSH_FILTER_INTO_UNION =
      CoreRules.FILTER_SET_OP_TRANSPOSE.config.withRelBuilderFactory(AS_WRITTEN).toRule();

  private static final RelOptRule PUSH_FILTER_INTO_LOOKUP =
      CoreRules.FILTER_CORRELATE.config.withRelBuilderFactory(AS_WRITTEN).toRule();

  private static final HepProgram PROGRAM =
      new HepProgramBuilder()
          .addMatchOrder(HepMatchOrder.TOP_DOWN)
          .addRuleInstance(PUSH_FILTER_INTO_JOIN)
          .addRuleInstance(PUSH_JOIN_CONDITION)
          .addRuleInstance(PUSH_FILTER_THROUGH_PROJECT)
          .addRuleInstance(PUSH_FILTER_INTO_UNION)
          .addRuleInstance(PUSH_FILTER_INTO_LOOKUP)
          .addRuleInstance(PUSH_FILTER_INTO_JOIN)
          .build();

  private Passes() {}

  static RelNode optimise(RelNode query) {
    if (TreeSize.exceeds(query, MAX_NODES)) {
      return query;
    }
    HepPlanner planner = new HepPlanner(PROGRAM);
    planner.setExecutor((rexBuilder, constants, reduced) -> reduced.addAll(constants));
    planner.setRoot(query);
    RelNode pushed = planner.findBestExp();
    return new DropUnreadColumns(AS_WRITTEN.create(query.getCluster(), null)).trim(pushed);
  }

  private static boolean isDeterministic(Project project) {
    return project.getProjects().stream().allMatch(RexUtil::isDeterministic);
  }
}
