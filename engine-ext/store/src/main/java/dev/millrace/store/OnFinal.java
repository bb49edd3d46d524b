// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/** What a compensation handler does about effects that are final: started processes, files. */
public enum OnFinal {
  /** A task that has any cannot be deployed with a handler. */
  REFUSE,
  /** The rollback stops as an incident that lists them; an operator goes on. */
  ASK,
  /** They stay, and that is noted. */
  KEEP,
  /** Process instances that were started are cancelled; about anything else it asks. */
  CANCEL
}
