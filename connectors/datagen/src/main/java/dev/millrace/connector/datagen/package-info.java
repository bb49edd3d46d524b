// SPDX-License-Identifier: Apache-2.0
/** The datagen connector. */
package dev.millrace.connector.datagen;
