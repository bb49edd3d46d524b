// SPDX-License-Identifier: Apache-2.0
/** The arrows of the house as rules with reasons. Anything not drawn there is forbidden. */
package dev.millrace.architecture;
