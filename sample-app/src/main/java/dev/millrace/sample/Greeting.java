// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.net.InetAddress;
import java.nio.file.Path;
import org.camunda.bpm.spring.boot.starter.property.AdminUserProperty;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says at start where to look, how to log in, who can, and where the data is. */
@Component
class Greeting {
  private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

  /** The one password that is no secret. */
  private static final String PUBLIC = "demo";

  private static final String FILE = "jdbc:h2:file:";

  private final AdminUserProperty user;
  private final ServerProperties server;
  private final DataSourceProperties database;
  private final Environment environment;

  Greeting(
      CamundaBpmProperties camunda,
      ServerProperties server,
      DataSourceProperties database,
      Environment environment) {
    this.user = camunda.getAdminUser();
    this.server = server;
    this.database = database;
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void welcome() {
    LOG.info(
        "Millrace sample: http://localhost:{}/ - log in as {} with {}"
            + " (Cockpit, Tasklist, Admin, and HTTP Basic under /engine-rest)",
        environment.getProperty("local.server.port"),
        user.getId(),
        user.getPassword().equals(PUBLIC) ? "password " + PUBLIC : "the configured password");
    LOG.info("It is reachable {}", reachable(server.getAddress()));
    LOG.info("Its database is {}", place(database.determineUrl()));
  }

  static String reachable(InetAddress address) {
    return address != null && address.isLoopbackAddress()
        ? "from this machine only; --server.address=0.0.0.0 opens it, then give the user another"
            + " password with --camunda.bpm.admin-user.password before the first start"
        : "from other machines, and whoever logs in can deploy";
  }

  /** Without the settings behind an address, which may hold a password. */
  static String place(String url) {
    String address = url.split("[;?]", 2)[0];
    return address.startsWith(FILE)
        ? Path.of(address.substring(FILE.length())).toAbsolutePath().normalize()
            + ".mv.db (delete it to start afresh)"
        : address;
  }
}
