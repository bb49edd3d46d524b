// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.store.Inbox;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that takes messages out of the inbox on this node. It sleeps until it is told of a
 * committed subscription or message, and looks at the whole inbox now and then. Thread-safe.
 */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int PAGE = 500;

  /** More than these need not be known one by one: the whole inbox is looked at. */
  private static final int MAX_NEWS = 10_000;

  /** Asks for ids of messages behind one seen before. */
  @FunctionalInterface
  private interface Pages {
    List<Long> after(long id) throws Exception;
  }

  private final WaitingMessages waiting;
  private final Hand hand;
  private final Inbox inbox;
  private final InboxSettings settings;
  private final Thread thread = new Thread(this::run, "millrace-inbox");
  private final Object bell = new Object();
  private final Set<String> subscriptions = new HashSet<>();
  private final Set<String> receivers = new HashSet<>();
  private long sweepAtNanos = System.nanoTime();
  private boolean closed;

  Courier(WaitingMessages waiting, Hand hand, Inbox inbox, InboxSettings settings) {
    this.waiting = waiting;
    this.hand = hand;
    this.inbox = inbox;
    this.settings = settings;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Subscriptions were committed. */
  void subscribed(Set<String> ids) {
    tell(subscriptions, ids);
  }

  /** Messages were committed, or left, for these receivers. */
  void changed(Set<String> ofReceivers) {
    tell(receivers, ofReceivers);
  }

  private void tell(Set<String> news, Set<String> more) {
    synchronized (bell) {
      if (news.size() + more.size() > MAX_NEWS) {
        sweepAtNanos = System.nanoTime();
      } else {
        news.addAll(more);
      }
      bell.notifyAll();
    }
  }

  private void run() {
    try {
      while (awaitBell()) {
        try {
          work();
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) {
          // what it was told of is found by the next sweep
          LOG.warn("the inbox could not be emptied: {}", e.toString());
          LOG.debug("the inbox could not be emptied", e);
        } catch (Error e) {
          LOG.error("the inbox could not be emptied", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the courier was interrupted");
    }
  }

  private boolean awaitBell() throws InterruptedException {
    synchronized (bell) {
      while (!closed && subscriptions.isEmpty() && receivers.isEmpty()) {
        long nanos = sweepAtNanos - System.nanoTime();
        if (nanos <= 0) {
          break;
        }
        TimeUnit.NANOSECONDS.timedWait(bell, nanos + TimeUnit.MILLISECONDS.toNanos(1));
      }
      return !closed;
    }
  }

  private void work() throws Exception {
    Set<String> someSubscriptions = take(subscriptions);
    if (!someSubscriptions.isEmpty()) {
      deliver(afterId -> waiting.forSubscriptions(someSubscriptions, afterId));
    }
    Set<String> someReceivers = take(receivers);
    if (!someReceivers.isEmpty()) {
      deliver(afterId -> waiting.forReceivers(someReceivers, afterId));
    }
    if (isSweepDue()) {
      hand.expire(inbox.expired(PAGE));
      deliver(waiting::all);
      inbox.forget(settings.keep(), PAGE);
    }
  }

  private boolean isSweepDue() {
    synchronized (bell) {
      boolean due = sweepAtNanos - System.nanoTime() <= 0;
      if (due) {
        sweepAtNanos = System.nanoTime() + settings.sweep().toNanos();
      }
      return due;
    }
  }

  /** Some of the news, which are then no longer new. */
  private Set<String> take(Set<String> news) {
    synchronized (bell) {
      Set<String> some = new HashSet<>();
      Iterator<String> each = news.iterator();
      while (each.hasNext() && some.size() < PAGE) {
        some.add(each.next());
        each.remove();
      }
      return some;
    }
  }

  private void deliver(Pages pages) throws Exception {
    long seen = 0;
    for (List<Long> page = pages.after(seen); !page.isEmpty(); page = pages.after(seen)) {
      seen = page.get(page.size() - 1);
      Set<String> moved = hand.deliver(page);
      if (!moved.isEmpty()) {
        changed(moved);
      }
      synchronized (bell) {
        if (closed) {
          return;
        }
      }
    }
  }

  /** Takes no more out, without waiting for what is under way. */
  void stop() {
    synchronized (bell) {
      closed = true;
      bell.notifyAll();
    }
  }

  /** Lets what is under way end, without interrupting it: H2 does not survive that. */
  void close(long deadlineNanos) {
    stop();
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
