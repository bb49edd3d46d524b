// SPDX-License-Identifier: Apache-2.0
/** What generated code implements: per script, per operator, over whole batches. Hot code. */
package dev.millrace.runtime.kernel;
