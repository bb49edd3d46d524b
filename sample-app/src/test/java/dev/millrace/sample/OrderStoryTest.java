// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

/** On the embedded database. */
@RunningSample
class OrderStoryTest extends OrderStories {}
