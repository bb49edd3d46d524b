// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Headless Chromium with a fresh profile, looking at the application as a person does. */
final class Browser implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ChromeDriver driver;
  private final String address;

  /** The condition under which tests with a browser run. */
  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(CHROMEDRIVER);
  }

  Browser(int port) throws IOException {
    address = "http://localhost:" + port;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=en-US",
            "--user-data-dir=" + Files.createTempDirectory("millrace-browser")));
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(CHROMEDRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            options);
    driver.manage().window().setSize(new Dimension(1280, 1040));
  }

  void open(String path) {
    driver.get(address + path);
  }

  /**
   * Waits until something is there to be seen; if it never is, the page is kept as {@code
   * not-seen.png}.
   */
  WebElement see(By what) throws IOException {
    try {
      return new WebDriverWait(driver, PATIENCE)
          .until(ExpectedConditions.visibilityOfElementLocated(what));
    } catch (TimeoutException e) {
      screenshot("not-seen");
      throw e;
    }
  }

  WebElement seeText(String text) throws IOException {
    return see(By.xpath("//*[contains(normalize-space(text()), '" + text + "')]"));
  }

  void logIn(String user, String password) throws IOException {
    see(By.cssSelector("input[type=text]")).sendKeys(user);
    see(By.cssSelector("input[type=password]")).sendKeys(password);
    click(By.cssSelector("button[type=submit]"));
  }

  /**
   * Clicks what may have to be scrolled into view first, away from bars at the border; again if the
   * page draws it anew or covers it at that moment.
   */
  void click(By what) throws IOException {
    see(what);
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class, ElementClickInterceptedException.class)
        .until(
            page -> {
              WebElement element = page.findElement(what);
              driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
              element.click();
              return true;
            });
  }

  /** For people to look at. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the page complained about in its console, errors only. */
  List<String> errors() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
        .map(Object::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
