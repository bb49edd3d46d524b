// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.DeadLetter;
import java.time.Instant;

/** A dead letter as stored; ids grow. */
public record StoredDeadLetter(long id, DeadLetter letter, Instant createdAt) {}
