// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.outbox;

import dev.millrace.camunda.deadletter.LateLetters;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.connector.PublisherFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.Publisher;
import dev.millrace.spi.outbox.RefusedRecordException;
import dev.millrace.store.Claim;
import dev.millrace.store.LetterAuthor;
import dev.millrace.store.OutboxTargetState;
import dev.millrace.store.Outboxes;
import dev.millrace.store.RefusedRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to one target what waits for it, in order, until nothing has come for a while.
 * Single-threaded.
 *
 * <p>Who took the target over last is decided at the target itself, by {@link Publisher#recover}:
 * only then is it asked how far sending has got, so that a crash at any moment neither loses nor
 * repeats a record. The lease keeps nodes from taking a target from each other all the time. Where
 * a target cannot decide, a node sends nothing once its lease is over, whatever it has in hand.
 */
public final class OutboxWork implements Work {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxWork.class);
  private static final long MAX_BYTES = 8L << 20;
  private static final int SHOWN_CHARS = 10_000;
  private static final Duration LINGER = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /**
   * What all targets of a node share.
   *
   * @param publishers by kind of target
   * @param wakeAfter told when a target is due again
   */
  public record Tools(
      OutboxDesk desk,
      EngineCommands commands,
      LateLetters letters,
      RetryPolicy retries,
      Map<String, PublisherFactory> publishers,
      Services services,
      Consumer<Duration> wakeAfter) {}

  private final OutboxTargetState target;
  private final Tools tools;
  private final Outboxes outboxes;

  OutboxWork(OutboxTargetState target, Tools tools) {
    this.target = target;
    this.tools = tools;
    outboxes = tools.desk().outboxes();
  }

  @Override
  public List<Claim> claims() {
    return List.of(target.claim());
  }

  @Override
  public String name() {
    return "outbox to " + target.target();
  }

  @Override
  public void perform(Interruption interruption) throws InterruptedException {
    try {
      FaultPoint.OUTBOX_STARTED.reached();
      try (Publisher publisher = open()) {
        long sent = takeOver(publisher, interruption);
        publish(publisher, sent, interruption);
      }
      outboxes.release(target.claim());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (interruption.isRequested()) {
        throw new InterruptedException();
      }
      failed(Failures.of(e));
    }
  }

  private Publisher open() throws Exception {
    OutboxTarget where = OutboxTarget.parse(target.target());
    PublisherFactory factory = tools.publishers().get(where.kind());
    if (factory == null) {
      throw OutboxErrors.noPublisher(target.target(), tools.publishers().keySet());
    }
    return factory.open(where, target.outboxId(), tools.services());
  }

  /** Returns the last sequence that was sent, by whomever. */
  private long takeOver(Publisher publisher, Interruption interruption) throws Exception {
    long taken = interruption.guard(publisher::recover);
    FaultPoint.OUTBOX_RECOVERED.reached();
    OutboxTargetState now = interruption.guard(() -> outboxes.find(target.target())).orElse(target);
    if (taken > now.committed()) {
      throw OutboxErrors.outboxBehind(target.target(), taken, now.committed());
    }
    long sent = Math.max(taken, now.published());
    forget(sent, interruption);
    return sent;
  }

  private void publish(Publisher publisher, long first, Interruption interruption)
      throws Exception {
    long sent = first;
    long lastNs = System.nanoTime();
    while (System.nanoTime() - lastNs < LINGER.toNanos()) {
      long heard = tools.desk().bell().rings();
      long from = sent;
      List<Intent> intents =
          interruption.guard(
              () -> outboxes.read(target.target(), from, publisher.maxRecords(), MAX_BYTES));
      if (intents.isEmpty()) {
        tools.desk().bell().await(heard, LOOK);
      } else {
        sent = send(publisher, intents, from, interruption);
        lastNs = System.nanoTime();
      }
    }
  }

  /** Returns the last sequence sent. */
  private long send(Publisher publisher, List<Intent> intents, long from, Interruption interruption)
      throws Exception {
    try {
      publisher.send(intents, interruption::checkHeld);
    } catch (RefusedRecordException e) {
      intents.stream()
          .filter(intent -> intent.sequence() == e.sequence())
          .findFirst()
          .ifPresent(intent -> refuse(intent, e));
      return from;
    }
    FaultPoint.OUTBOX_SENT.reached();
    long sent = intents.get(intents.size() - 1).sequence();
    forget(sent, interruption);
    return sent;
  }

  /**
   * @throws InterruptedException if the target is no longer this node's
   */
  private void forget(long sent, Interruption interruption) throws Exception {
    if (!interruption.guard(() -> outboxes.published(target.claim(), sent))) {
      throw new InterruptedException();
    }
  }

  /** What the target will never take must not stop what comes after it. */
  private void refuse(Intent intent, RefusedRecordException reason) {
    try {
      Optional<LetterAuthor> author = outboxes.author(target.target(), intent.sequence());
      if (author.isPresent()) {
        refuse(intent, reason, tools.letters().owner(author.get()));
      }
    } catch (Exception e) {
      throw Failures.of(e);
    }
  }

  private void refuse(Intent intent, RefusedRecordException reason, LateLetters.Owner owner)
      throws Exception {
    RefusedRecord refused = new RefusedRecord(OutboxTarget.parse(target.target()), intent.record());
    boolean takenOut =
        tools
            .commands()
            .execute(
                Write.OUTBOX_REFUSAL,
                (command, db) -> {
                  boolean out = outboxes.takeOut(db, target.claim(), intent.sequence());
                  if (out) {
                    DeadLetter letter = letter(intent, reason);
                    tools.letters().append(db, owner, letter, Optional.of(refused));
                  }
                  return out;
                });
    if (takenOut) {
      LOG.warn("{} refuses record {}: {}", target.target(), intent.sequence(), reason.getMessage());
      tools.letters().checkLimit(owner);
    }
  }

  /** Where it was to go may quote columns, too: it is kept apart. */
  private DeadLetter letter(Intent intent, RefusedRecordException reason) {
    byte[] payload = intent.record().payload();
    return new DeadLetter(
        DeadLetter.Side.SINK,
        intent.record().table(),
        payload,
        Map.of(),
        payload == null ? "" : text(payload),
        target.target() + " " + intent.sequence(),
        "" + reason.getMessage(),
        false);
  }

  private static String text(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8);
    return text.substring(0, Math.min(text.length(), SHOWN_CHARS));
  }

  private void failed(MillraceException failure) {
    LOG.warn("{} failed: {}", name(), failure.report());
    Duration delay = tools.retries().delay(target.attempts() + 1);
    Duration bounded = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    try {
      outboxes.fail(target.claim(), failure.report(), bounded);
      tools.wakeAfter().accept(bounded);
    } catch (SQLException e) {
      throw new IllegalStateException("the failure of " + name() + " was not recorded", e);
    }
  }
}
