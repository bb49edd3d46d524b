// SPDX-License-Identifier: Apache-2.0
/** All that can be wrong with a script, as one catalogue. */
package dev.millrace.sql.error;
