// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A process made of random tasks, loops, multi-instance tasks and sub-processes, with what one
 * instance of it is to leave in the tables if it is kept, or undone.
 *
 * <p>Each task writes a row of its own into PRICE, adds to a row of STOCK that all write, and
 * increments the row of its instance in ITEM, which is put back right only if the newest is undone
 * first.
 */
final class RandomHistory {
  static final String[] TABLES = {
    "CREATE TABLE PRICE (ID BIGINT PRIMARY KEY, QTY BIGINT)",
    "CREATE TABLE STOCK (ID BIGINT PRIMARY KEY, QTY BIGINT NOT NULL)",
    "CREATE TABLE ITEM (ID BIGINT PRIMARY KEY, QTY BIGINT)"
  };

  static final int SKUS = 4;
  static final long ITEM_START = 10;

  private static final int MOST_ELEMENTS = 3;
  private static final int MOST_DEPTH = 2;

  /** Elements before which sub-processes begin: the scripts suffice for so many. */
  private static final int MOST_NESTED = 12;

  private static final int KEYS_PER_INSTANCE = 1000;
  private static final int ITERATIONS = 10;

  /** How a task is done again and again. Each kind has a few scripts, shared by all histories. */
  private enum Kind {
    ONCE(10, "0", true),
    LOOP(4, "i%d", true),
    ONE_BY_ONE(4, "loopCounter", true),
    /** At once: what each finds in the row of the instance is left to chance. */
    AT_ONCE(4, "loopCounter", false);

    private final int scripts;
    private final String iteration;
    private final boolean increments;

    Kind(int scripts, String iteration, boolean increments) {
      this.scripts = scripts;
      this.iteration = iteration;
      this.increments = increments;
    }

    private String resource(int number) {
      return name() + "-" + number + ".sql";
    }

    /** What the first iteration of a script does. */
    private Effect effect(int number) {
      int key = (ordinal() * 10 + number) * ITERATIONS;
      return new Effect(key, 7L * number + 3, number % SKUS, number - 2L, increments);
    }

    private String sql(int number) {
      Effect effect = effect(number);
      String column = iteration.formatted(number);
      String sql =
          "CREATE TABLE input (inst BIGINT%s) WITH ('connector' = 'process-variables');\n"
                  .formatted(this == ONCE ? "" : ", " + column + " INT")
              + table("price", "")
              + table("stock", ", 'sink.additive-columns' = 'qty'")
              + table("item", "")
              + """
                INSERT INTO price SELECT inst * %d + %d + %s, %d FROM input;
                INSERT INTO stock SELECT inst * 0 + %d, %d FROM input;
                """
                  .formatted(
                      KEYS_PER_INSTANCE,
                      effect.key(),
                      column,
                      effect.price(),
                      effect.sku(),
                      effect.added());
      return increments
          ? sql
              + "INSERT INTO item SELECT i.inst, t.qty + 1 FROM input AS i JOIN item AS t"
              + " ON t.id = i.inst;\n"
          : sql;
    }
  }

  private final String process;
  private final RandomGenerator random;
  private final String model;
  private final Map<String, Object> counters = new HashMap<>();
  private final Map<Kind, Integer> used = new EnumMap<>(Kind.class);
  private final List<Effect> kept = new ArrayList<>();
  private final List<Effect> undoneByItself = new ArrayList<>();
  private int elements;

  /** What one run does, relative to its instance. */
  private record Effect(int key, long price, int sku, long added, boolean increments) {}

  RandomHistory(String process, RandomGenerator random) {
    this.process = process;
    this.random = random;
    model =
        Model.start("s")
            + sequence("s", "W", 0, kept)
            + Model.user("W")
            + "<bpmn:exclusiveGateway id=\"G\" default=\"f_G_e\"/>\n"
            + Model.compensate("C")
            + Model.end("e")
            + Model.end("x")
            + Model.line("W", "G", "e")
            + conditional("G", "C", "${undo}")
            + Model.line("C", "x");
  }

  /** The files all histories share, by name. */
  static Map<String, String> scripts() {
    Map<String, String> scripts = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      for (int number = 0; number < kind.scripts; number++) {
        scripts.put(kind.resource(number), kind.sql(number));
      }
    }
    return scripts;
  }

  String model() {
    return Model.process(process, model);
  }

  private static String conditional(String from, String to, String condition) {
    return """
        <bpmn:sequenceFlow id="f_%1$s_%2$s" sourceRef="%1$s" targetRef="%2$s">
        <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">%3$s</bpmn:conditionExpression>
        </bpmn:sequenceFlow>
        """
        .formatted(from, to, condition);
  }

  String process() {
    return process;
  }

  /** What an instance is started with. */
  Map<String, Object> variables(long instance) {
    Map<String, Object> all = new HashMap<>(counters);
    all.put("inst", instance);
    all.put("undo", false);
    return all;
  }

  /** How many runs an instance has. */
  int runs() {
    return kept.size() + undoneByItself.size();
  }

  // the model

  private String sequence(String from, String to, int depth, List<Effect> effects) {
    StringBuilder parts = new StringBuilder();
    String before = from;
    for (int i = random.nextInt(MOST_ELEMENTS); i >= 0; i--) {
      String id = "E" + ++elements;
      String last = id;
      if (depth < MOST_DEPTH && elements < MOST_NESTED && random.nextInt(5) == 0) {
        parts.append(scope(id, depth, effects));
      } else {
        Kind kind = free();
        int number = used.merge(kind, 1, Integer::sum) - 1;
        int count = kind == Kind.ONCE ? 1 : 2 + random.nextInt(2);
        for (int iteration = 0; iteration < count; iteration++) {
          effects.add(iteration(kind.effect(number), iteration));
        }
        String resource = kind.resource(number);
        parts.append(
            switch (kind) {
              case ONCE -> Model.task(id, resource) + Model.handler(id);
              case LOOP -> loop(id, resource, number, count);
              case ONE_BY_ONE -> many(id, resource, true, count);
              case AT_ONCE -> many(id, resource, false, count);
            });
        last = kind == Kind.LOOP ? "g" + id : id;
      }
      parts.append(Model.line(before, id));
      before = last;
    }
    return parts.append(Model.line(before, to)).toString();
  }

  /** A kind of which there is a script left. */
  private Kind free() {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    while (used.getOrDefault(kind, 0) == kind.scripts) {
      kind = Kind.values()[(kind.ordinal() + 1) % Kind.values().length];
    }
    return kind;
  }

  private static Effect iteration(Effect first, int number) {
    return new Effect(
        first.key() + number, first.price(), first.sku(), first.added(), first.increments());
  }

  private static String many(String id, String resource, boolean sequential, int count) {
    return Model.task(
            id,
            resource,
            """
            <bpmn:multiInstanceLoopCharacteristics isSequential="%s">
            <bpmn:loopCardinality>%d</bpmn:loopCardinality>
            </bpmn:multiInstanceLoopCharacteristics>
            """
                .formatted(sequential, count))
        + Model.handler(id);
  }

  /** Goes back through a gateway. */
  private String loop(String id, String resource, int number, int count) {
    String counter = "i" + number;
    counters.put(counter, 0);
    return Model.task(id, resource)
        + Model.handler(id)
        + """
          <bpmn:serviceTask id="n%1$s"
            camunda:expression="${execution.setVariable('%2$s', %2$s + 1)}"/>
          <bpmn:exclusiveGateway id="g%1$s"/>
          """
            .formatted(id, counter)
        + Model.line(id, "n" + id, "g" + id)
        + conditional("g" + id, id, "${" + counter + " &lt; " + count + "}");
  }

  /** A sub-process, some of which take back what they did before they end. */
  private String scope(String id, int depth, List<Effect> effects) {
    boolean undoes = random.nextInt(3) == 0;
    List<Effect> inside = undoes ? undoneByItself : effects;
    String last = undoes ? "c" + id : "e" + id;
    String content = Model.start("s" + id) + sequence("s" + id, last, depth + 1, inside);
    if (undoes) {
      content += Model.compensate(last) + Model.line(last, "e" + id);
    }
    return Model.subProcess(id, content + Model.end("e" + id));
  }

  private static String table(String name, String options) {
    return """
        CREATE TABLE %1$s (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = '%1$s'%2$s);
        """
        .formatted(name, options);
  }

  // what is expected

  /** Keys of PRICE that an instance holds before it is undone as a whole. */
  List<Long> prices(long instance) {
    return kept.stream().map(effect -> instance * KEYS_PER_INSTANCE + effect.key()).toList();
  }

  /** Adds what an instance leaves that is kept; one that is undone leaves its ITEM as it was. */
  void leave(long instance, boolean undone, Tables tables) {
    tables.item().put(instance, ITEM_START);
    if (undone) {
      return;
    }
    for (Effect effect : kept) {
      tables.price().put(instance * KEYS_PER_INSTANCE + effect.key(), effect.price());
      tables.stock().merge((long) effect.sku(), effect.added(), Long::sum);
      if (effect.increments()) {
        tables.item().merge(instance, 1L, Long::sum);
      }
    }
  }

  /** The three tables, by key. */
  record Tables(Map<Long, Long> price, Map<Long, Long> stock, Map<Long, Long> item) {
    static Tables empty() {
      return new Tables(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
  }
}
