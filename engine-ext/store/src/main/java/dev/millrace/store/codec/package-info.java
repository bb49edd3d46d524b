// SPDX-License-Identifier: Apache-2.0
/** An effect's images as JSON that keeps every value exactly. */
package dev.millrace.store.codec;
