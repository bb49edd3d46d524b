// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static dev.millrace.spring.Attacker.filter;
import static dev.millrace.spring.Attacker.id;
import static dev.millrace.spring.Attacker.json;

import java.net.http.HttpResponse;
import java.util.function.Function;

/** Ways to have an expression evaluated over REST, without an account. */
enum ExpressionAttack {
  NESTED(true, query("/engine-rest/task", "{'orQueries':[{'assigneeExpression':'!'}]}")),
  NESTED_COUNT(true, query("/engine-rest/task/count", "{'orQueries':[{'ownerExpression':'!'}]}")),
  NESTED_SECOND(
      true,
      query(
          "/engine-rest/task",
          "{'orQueries':[{'assignee':'a'},{'name':'b','candidateUserExpression':'!'}]}")),
  EXTENSION_LIST(true, extension("/list", "{'orQueries':[{'assigneeExpression':'!'}]}")),
  EXTENSION_COUNT(true, extension("/count", "{'orQueries':[{'assigneeExpression':'!'}]}")),
  EXTENSION_SINGLE(true, extension("/singleResult", "{'orQueries':[{'assigneeExpression':'!'}]}")),
  STORED(true, stored("{'assigneeExpression':'!'}")),
  STORED_NESTED(true, stored("{'orQueries':[{'assigneeExpression':'!'}]}")),
  STORED_BESIDE_HARMLESS(
      true, stored("{'createdBeforeExpression':'${now()}','assigneeLikeExpression':'%!${now()}'}")),
  UPDATED(true, updated("{'assigneeExpression':'!'}")),
  UPDATED_NESTED(true, updated("{'orQueries':[{'assigneeExpression':'!'}]}")),

  OUTERMOST(false, query("/engine-rest/task", "{'assigneeExpression':'!'}")),
  OUTERMOST_GET(
      false,
      attacker -> attacker.get("/engine-rest/task?assigneeExpression=%24%7Bcanary.sing()%7D")),
  DEEPER(
      false,
      query("/engine-rest/task", "{'orQueries':[{'orQueries':[{'assigneeExpression':'!'}]}]}")),
  EXTENSION_OUTERMOST(false, extension("/list", "{'assigneeExpression':'!'}")),
  HISTORY(
      false, query("/engine-rest/history/task", "{'orQueries':[{'taskAssigneeExpression':'!'}]}"));

  /** Whether it works against the engine as it comes. */
  final boolean works;

  private final Function<Attacker, HttpResponse<String>> strike;

  ExpressionAttack(boolean works, Function<Attacker, HttpResponse<String>> strike) {
    this.works = works;
    this.strike = strike;
  }

  /** Returns the last answer. */
  HttpResponse<String> strike(Attacker attacker) {
    return strike.apply(attacker);
  }

  private static Function<Attacker, HttpResponse<String>> query(String path, String query) {
    return attacker -> attacker.post(path, json(query));
  }

  /** Adds a query to a stored filter. */
  private static Function<Attacker, HttpResponse<String>> extension(String way, String query) {
    return attacker ->
        attacker.post("/engine-rest/filter/" + id(attacker.storeFilter("{}")) + way, json(query));
  }

  /** Stores a filter and, if that succeeds, executes it. */
  private static Function<Attacker, HttpResponse<String>> stored(String query) {
    return attacker -> {
      HttpResponse<String> stored = attacker.storeFilter(json(query));
      return stored.statusCode() == 200
          ? attacker.get("/engine-rest/filter/" + id(stored) + "/list")
          : stored;
    };
  }

  /** Changes a stored filter and executes it. */
  private static Function<Attacker, HttpResponse<String>> updated(String query) {
    return attacker -> {
      String filter = "/engine-rest/filter/" + id(attacker.storeFilter("{}"));
      HttpResponse<String> changed = attacker.put(filter, filter(json(query)));
      return changed.statusCode() == 204 ? attacker.get(filter + "/count") : changed;
    };
  }
}
