package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/// Chromium without a window, whose microphone hears a file: a fixture. Pictures of what it shows go to the folder of
/// the variable `PARALLAX_PICTURES`, where it is set.
final class Browser implements AutoCloseable {

    static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // what the page's own answers of 401 and 422 leave behind
    private static final String REFUSED = "Failed to load resource: the server responded with a status of 4";

    // held, or the setting would be lost with it: it warns of a version that it has no bindings for, which are not used
    private final Logger silenced = Logger.getLogger("org.openqa.selenium");
    private final ChromeDriver driver;
    private final WebDriverWait wait;

    /// @param heard by its microphone, a WAV file
    Browser(Path heard) {
        silenced.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + heard);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        wait = new WebDriverWait(driver, PATIENCE);
    }

    /// Opens a page, 1200 pixels wide, light.
    void open(String uri) {
        dark(false);
        width(1200);
        driver.manage().logs().get(LogType.BROWSER);
        driver.get(uri);
    }

    void width(int pixels) {
        driver.manage().window().setSize(new Dimension(pixels, 1000));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean isDark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /// The element of a CSS selector.
    WebElement at(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// What stands there, once it is to be seen and not empty.
    String text(String selector) {
        until(() -> isShown(selector) && !at(selector).getText().isBlank(), selector + " has text");
        return at(selector).getText();
    }

    List<String> texts(String selector) {
        return all(selector).stream().map(WebElement::getText).toList();
    }

    boolean isShown(String selector) {
        return all(selector).stream().anyMatch(WebElement::isDisplayed);
    }

    /// Clicks once it can be clicked.
    void click(String selector) {
        until(() -> isShown(selector) && at(selector).isEnabled(), selector + " can be clicked");
        at(selector).click();
    }

    void type(String selector, String text) {
        until(() -> isShown(selector), selector + " is shown");
        at(selector).sendKeys(text);
    }

    void choose(String input, Path file) {
        until(() -> isShown("#inputs"), "the page is ready");
        at(input).sendKeys(file.toAbsolutePath().toString());
    }

    /// Drags a file over an element and lets it go there, as the browser tells a page of it.
    ///
    /// @param over is run while the file is over it
    void drop(String selector, Path file, Runnable over) {
        Rectangle box = at(selector).getRect();
        for (String type : List.of("dragEnter", "dragOver", "drop")) {
            if (type.equals("drop")) {
                over.run();
            }
            Map<String, Object> data = Map.of(
                    "items", List.of(), "files", List.of(file.toAbsolutePath().toString()), "dragOperationsMask", 1);
            driver.executeCdpCommand(
                    "Input.dispatchDragEvent",
                    Map.of("type", type, "x", box.getX() + 20, "y", box.getY() + 20, "data", data));
        }
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /// Goes on with Tab until an element has the focus.
    void tabTo(String selector) {
        for (int i = 0; i < 40; i++) {
            press(Keys.TAB);
            if (driver.switchTo().activeElement().equals(at(selector))) {
                return;
            }
        }
        throw new AssertionError(selector + " is not reached by Tab");
    }

    void until(BooleanSupplier condition, String what) {
        wait.withMessage(what)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(_ -> condition.getAsBoolean());
    }

    @Nullable
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /// Nothing in the page is hard or impossible to use for somebody, as axe finds it, nothing is wider than the
    /// window, and nothing was refused or thrown.
    void check(String state) {
        List<String> bad = new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::line)
                        .toList();
        picture(state);
        assertEquals(List.of(), bad, state);
        assertEquals(
                0L,
                script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"),
                state + ": wider than the window");
        List<String> logged = driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(line -> !line.contains(REFUSED))
                .toList();
        assertEquals(List.of(), logged, state);
    }

    private static String line(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    private void picture(String state) {
        String folder = System.getenv("PARALLAX_PICTURES");
        if (folder == null) {
            return;
        }
        try {
            Path place = Files.createDirectories(Path.of(folder));
            for (int pixels : new int[] {1200, 400}) {
                for (boolean isDark : new boolean[] {false, true}) {
                    width(pixels);
                    dark(isDark);
                    Object height = script("return document.documentElement.scrollHeight");
                    Map<String, Object> whole = Map.of("x", 0, "y", 0, "width", pixels, "height", height, "scale", 1);
                    Object data = driver.executeCdpCommand(
                                    "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", whole))
                            .get("data");
                    String name = state + "-" + pixels + (isDark ? "-dark" : "") + ".png";
                    Files.write(place.resolve(name), OutputType.BYTES.convertFromBase64Png(String.valueOf(data)));
                }
            }
            width(1200);
            dark(false);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    /// Whether the browser and its driver are on this machine.
    static boolean isThere() {
        return List.of(CHROMIUM, DRIVER).stream().map(Path::toFile).allMatch(File::canExecute);
    }
}
