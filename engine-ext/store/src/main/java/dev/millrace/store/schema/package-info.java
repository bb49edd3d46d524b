// SPDX-License-Identifier: Apache-2.0
/**
 * The tables {@code MR_…}: made, upgraded and checked as the engine's own.
 *
 * <p>Scripts lie beside these classes as {@code <database>/<version>.sql}: each leads from the
 * version before it to its own, and may run twice. A new database runs them all.
 */
package dev.millrace.store.schema;
