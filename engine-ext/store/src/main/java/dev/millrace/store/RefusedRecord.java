// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;

/** A record that a foreign system will not take, as it was to be sent. */
public record RefusedRecord(OutboxTarget target, OutboxRecord record) {}
