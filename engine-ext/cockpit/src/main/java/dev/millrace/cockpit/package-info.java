// SPDX-License-Identifier: Apache-2.0
/**
 * What operators see and steer, over HTTP: resources beside engine-rest, with its paths, errors,
 * paging and authorizations.
 *
 * <pre>
 *   rest    resources: a path, a check, a call          ──→ access, dto
 *   access  who may see or steer what: the engine's own authorizations and tenants
 *   dto     what is read and answered, as JSON
 * </pre>
 *
 * It holds no logic of its own: each call asks {@link dev.millrace.camunda.Millrace} of the
 * addressed engine. Read first: {@link dev.millrace.cockpit.CockpitResources}.
 */
package dev.millrace.cockpit;
