// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The figures of the front page as JSON. Open to all: it tells sums and counts only. */
@RestController
class OverviewController {
  private final OverviewReader reader;

  OverviewController(OverviewReader reader) {
    this.reader = reader;
  }

  @GetMapping("/overview.json")
  ResponseEntity<Overview> overview() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(reader.read());
  }
}
