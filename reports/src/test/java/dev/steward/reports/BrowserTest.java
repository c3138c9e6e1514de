package dev.steward.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.reports.debate.Answer;
import dev.steward.reports.debate.Plot;
import dev.steward.reports.read.ForeignResult;
import dev.steward.reports.summary.RunSet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser. Needs Debian's chromium and chromium-driver; skipped where they are missing. */
@Tag("slow")
class BrowserTest {
    private static final List<Path> BROWSERS = List.of(Path.of("/usr/bin/chromium"));
    private static final List<Path> DRIVERS = List.of(Path.of("/usr/bin/chromedriver"));
    private static final Path PAGES = Path.of("target", "pages");
    private static final String HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror=alert(1)>";

    /** Far more than a loaded machine needs; only what never comes meets it. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    static Path folder;

    private static ChromeDriver browser;
    private static Path single;
    private static Path several;
    private static Path turned;
    private static Path debate;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(BROWSERS.stream().anyMatch(Files::isExecutable) && DRIVERS.stream().anyMatch(Files::isExecutable))
            .as("chromium and chromium-driver are installed").isTrue();
        single = page("single", RunSet.read(List.of(hostile().write(folder.resolve("hostile")))));
        several = page("several", RunSet.read(List.of(rate("2k/s", "100/s"), rate("20k/s", "100/s"),
            Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2).write(folder.resolve("plain"))))
            .with(others()));
        debate = Files.writeString(folder.resolve("debate.html"), DebatePage.of(List.of(new Answer("scan", HOSTILE,
            HOSTILE, List.of(HOSTILE), List.of(), List.of(HOSTILE), List.of(new Plot(HOSTILE, HOSTILE, HOSTILE, 0.5, 0,
                1, List.of(new Plot.Row(HOSTILE, 0.4, -1, 2, HOSTILE, "no"),
                    new Plot.Row(HOSTILE, Double.NaN, Double.NaN, Double.NaN, HOSTILE, "open")),
                    List.of(new Plot.Tick(0.1, "0.10"), new Plot.Tick(0.9, "9.00")))), List.of(), null))));
        turned = page("turned", RunSet.read(List.of(Fixtures.turned().write(folder.resolve("turns")))));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSERS.get(0).toFile());
        // A container has neither a sandbox nor a large shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
            "--hide-scrollbars", "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVERS.get(0).toFile())
                .withTimeout(PATIENCE).build(), options);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest
    @CsvSource({"390,dark", "1280,light"})
    void shouldDrawEveryChartWithoutErrorsAndWithinTheWindow(int width, String theme) throws IOException {
        for (Path page : List.of(single, several, turned)) {
            open(page, width, theme);
            unfold();

            assertThat(errors()).isEmpty();
            assertThat(number("document.querySelectorAll('canvas').length")).isGreaterThan(5);
            // The chart library draws anew when it hears of the size of a canvas, which may be after the page is there.
            until("Array.from(document.querySelectorAll('canvas')).filter(c => { "
                + "if (c.clientWidth < 200 || c.clientHeight < 200) { return true; } "
                + "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; "
                + "return !d.some(v => v !== 0); }).length === 0");
            assertThat(number("document.documentElement.scrollWidth")).as("width of the page")
                .isLessThanOrEqualTo(width);
            assertThat(text("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(theme.equals("dark") ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)");
            assertThat(overlappingLabels()).as("labels of an axis that overlap").isZero();
            assertThat(overlappingTexts()).as("texts that overlap").isZero();
            assertThat(number("Array.from(document.querySelectorAll('.forest text')).filter(t => "
                + "t.getBoundingClientRect().left < t.closest('svg').getBoundingClientRect().left - 1 || "
                + "t.getBoundingClientRect().right > t.closest('svg').getBoundingClientRect().right + 1).length"))
                .as("texts that the edge of a picture cuts").isZero();
            assertThat(unmarkedScales()).as("scales whose lower end has no label").isZero();
            keepPicture(page, width, theme);
        }
    }

    @ParameterizedTest
    @CsvSource({"390,light", "1400,dark"})
    void shouldShowTheDebateWithinTheWindow(int width, String theme) {
        open(debate, width, theme);
        unfold();

        assertThat(errors()).isEmpty();
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(browser.executeScript("return typeof window.broken")).isEqualTo("undefined");
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
    }

    /** On a phone: nothing of the figures and verdicts lies beyond the edge. */
    @Test
    void shouldShowMediansAndVerdictsOfAPhoneWithoutScrolling() {
        open(turned, 390, "light");
        unfold();

        for (String table : List.of("medians", "every-pair")) {
            assertThat(number("(() => { const b = document.querySelector('table#" + table + "').closest('.scroll'); "
                + "return b.scrollWidth - b.clientWidth; })()")).as(table).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void shouldNeverRunWhatAFileSays() throws IOException {
        open(single, 1280, "light");

        assertThat(browser.executeScript("return typeof window.broken")).isEqualTo("undefined");
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.findElement(By.tagName("h1")).getText()).contains("</script>");
    }

    @ParameterizedTest
    @CsvSource({"1400,6", "390,10"})
    void shouldOpenWithAFewScreens(int width, int screens) {
        for (Path page : List.of(single, several, turned)) {
            open(page, width, "light");

            assertThat(number("document.documentElement.scrollHeight")).as(page.toString())
                .isLessThanOrEqualTo(900L * screens);
            assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
            assertThat(number("Array.from(document.querySelectorAll('a[href], button, summary, [tabindex]'))"
                + ".filter(e => e.tabIndex >= 0 && e.checkVisibility()).length")).as("tab stops").isBetween(10L, 60L);
        }
    }

    @Test
    void shouldStopOnceInEachTableAndNeverAtANameOfAStrategy() {
        open(single, 1400, "light");
        unfold();

        assertThat(number("Array.from(document.querySelectorAll('table.sortable')).filter(t => "
            + "t.querySelectorAll('button[tabindex=\"0\"]').length !== 1).length")).isZero();
        assertThat(number("Array.from(document.querySelectorAll('tbody th a')).filter(a => a.tabIndex >= 0).length"))
            .isZero();
    }

    @Test
    void shouldGoFromHeadToHeadByArrows() {
        open(several, 1400, "light");
        unfold();
        List<WebElement> heads = browser.findElements(By.cssSelector("#events thead button"));

        press(heads.get(0), Keys.ARROW_RIGHT);

        assertThat(browser.switchTo().activeElement()).isEqualTo(heads.get(1));
        assertThat(heads.get(0).getDomProperty("tabIndex")).isEqualTo("-1");
    }

    @Test
    void shouldOpenTheChapterThatALinkPointsTo() {
        open(several, 1400, "light");
        assertThat(number("document.querySelectorAll('.chapter[open]').length")).isZero();
        assertThat(browser.findElements(By.cssSelector("details.run > summary span"))).hasSize(3)
            .allMatch(answer -> answer.isDisplayed() && answer.getText().endsWith("."));

        browser.executeScript("location.hash = '#run2-costs-section'");

        until("document.getElementById('run2-costs-section').open && document.getElementById('run2-run').open");
        assertThat(number("document.querySelectorAll('.chapter[open]').length")).isEqualTo(1);
    }

    @Test
    void shouldPrintEveryChapterAndCloseItAgain() {
        open(several, 1400, "light");

        // A browser may ask twice before it prints.
        browser.executeScript("window.dispatchEvent(new Event('beforeprint'))");
        browser.executeScript("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(number("document.querySelectorAll('.chapter:not([open])').length")).isZero();
        browser.executeScript("window.dispatchEvent(new Event('afterprint'))");

        assertThat(number("document.querySelectorAll('.chapter[open]').length")).isZero();
    }

    @Test
    void shouldSelectTheCommandToRunAgain() {
        open(single, 390, "light");
        unfold();
        assertThat(number("Array.from(document.querySelectorAll('pre')).filter(p => p.scrollWidth > p.clientWidth)"
            + ".length")).isZero();

        press(browser.findElement(By.cssSelector("button.copy")), Keys.ENTER);

        assertThat(text("getSelection().toString()")).isEqualTo(text("document.querySelector('pre code').textContent"));
    }

    @Test
    void shouldSortATableByKeyboard() {
        open(several, 1280, "light");
        unfold();
        WebElement table = browser.findElement(By.id("events"));
        WebElement by = table.findElements(By.cssSelector("thead button")).get(3);

        press(by, Keys.ENTER);
        until("document.querySelector('#events th[aria-sort=ascending]') !== null");
        List<String> ascending = names(table);
        press(by, Keys.ENTER);
        until("document.querySelector('#events th[aria-sort=descending]') !== null");

        assertThat(by.getText()).isEqualTo("p50");
        assertThat(names(table)).hasSize(2).isNotEqualTo(ascending).containsExactlyInAnyOrderElementsOf(ascending);
        assertThat(table.findElement(By.cssSelector("th[aria-sort]")).getDomAttribute("aria-sort"))
            .isEqualTo("descending");
    }

    @Test
    void shouldHideACurveAndSwitchTheTheme() {
        open(several, 1280, "light");
        unfold();
        WebElement entry = browser.findElement(By.cssSelector(".legend button"));

        press(entry, Keys.SPACE);
        until("document.querySelector('.legend button').getAttribute('aria-pressed') === 'false'");
        press(browser.findElement(By.id("theme")), Keys.ENTER);

        until("document.documentElement.dataset.theme === 'dark'");
        assertThat(errors()).isEmpty();
    }

    @Test
    void shouldOpenTheRawFilesBehindARow() {
        open(several, 1280, "light");
        unfold();

        browser.findElement(By.cssSelector("#events a.raw")).click();

        // The page opens the chapter when it hears of the new address, which may be after the click has returned.
        until("document.querySelector(location.hash).open");
        for (WebElement link : browser.findElements(By.cssSelector("details[id*='raw-'] li a"))) {
            assertThat(Path.of(URI.create(link.getDomProperty("href")))).exists();
        }
    }

    private static void open(Path page, int width, String theme) {
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.get("about:blank");
        browser.get(page.toUri() + "#theme=" + theme);
    }

    private static void unfold() {
        browser.executeScript("document.querySelectorAll('.chapter, .run').forEach(e => { e.open = true; })");
    }

    private static List<String> errors() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
    }

    private static long number(String script) {
        return ((Number) browser.executeScript("return " + script)).longValue();
    }

    private static String text(String script) {
        return (String) browser.executeScript("return " + script);
    }

    private static void until(String condition) {
        new WebDriverWait(browser, PATIENCE).withMessage(condition)
            .until(any -> (Boolean) browser.executeScript("return " + condition));
    }

    /** On a busy machine what was just unfolded takes no keys yet. */
    private static void press(WebElement on, Keys key) {
        new WebDriverWait(browser, PATIENCE).ignoring(ElementNotInteractableException.class).until(any -> {
            on.sendKeys(key);
            return true;
        });
    }

    private static List<String> names(WebElement table) {
        return table.findElements(By.cssSelector("tbody th[scope=row]")).stream().map(WebElement::getText).toList();
    }

    /** Asks the chart library where it put the labels of each axis. */
    private static long overlappingLabels() {
        return number("Object.values(Chart.instances).flatMap(c => Object.values(c.scales))"
            + ".filter(s => s.options.display !== false).map(s => { const items = s.getLabelItems(); let bad = 0; "
            + "s.ctx.save(); const boxes = items.map(i => { s.ctx.font = i.font.string; const t = "
            + "i.options.translation; const w = s.ctx.measureText(i.label).width; const h = i.font.lineHeight; const "
            + "a = i.options.textAlign; const x = a === 'right' ? t[0] - w : a === 'center' ? t[0] - w / 2 : t[0]; "
            + "return s.isHorizontal() ? [x, x + w] : [t[1] - h / 2, t[1] + h / 2]; }).sort((p, q) => p[0] - q[0]); "
            + "s.ctx.restore(); for (let i = 1; i < boxes.length; i++) { if (boxes[i][0] < boxes[i - 1][1] - 1) "
            + "{ bad++; } } return bad; }).reduce((a, b) => a + b, 0)");
    }

    /** A logarithmic scale without a label at its lower end leaves the reader to guess where the curves begin. */
    private static long unmarkedScales() {
        return number("Object.values(Chart.instances).flatMap(c => Object.values(c.scales))"
            + ".filter(s => s.type === 'logarithmic' && s.options.title.text !== 'percentile')"
            + ".filter(s => !s.ticks.length || Math.abs(s.ticks[0].value / s.min - 1) > 1e-6).length");
    }

    /** Captions, heads of chapters, legends and notes must not lie on one another. */
    private static long overlappingTexts() {
        return number("(() => { const boxes = Array.from(document.querySelectorAll("
            + "'h1, h2, .headline, .statements, figcaption, .forest text, .legend, .canvas, .scroll, "
            + "p.note, .warning'))"
            + ".filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).filter(b => b.height > 0); "
            + "let bad = 0; "
            + "for (let i = 0; i < boxes.length; i++) { for (let j = i + 1; j < boxes.length; j++) { "
            + "const a = boxes[i], b = boxes[j]; if (a.left < b.right - 1 && b.left < a.right - 1 "
            + "&& a.top < b.bottom - 1 && b.top < a.bottom - 1) { bad++; } } } return bad; })()");
    }

    /** For a person to look at. */
    private static void keepPicture(Path page, int width, String theme) throws IOException {
        long height = number("document.documentElement.scrollHeight");
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        String data = (String) browser.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png")).get("data");
        Files.write(PAGES.resolve(page.getParent().getFileName() + "-" + width + "-" + theme + ".png"),
            Base64.getDecoder().decode(data));
    }

    /** A log of the kernel, and a benchmark on one to eight threads. */
    private static List<ForeignResult> others() throws IOException {
        List<ForeignResult> others = new ArrayList<>(ForeignResult.read(
            Path.of("src/test/resources/foreign/locktorture-spin-128w.log"), Fixtures::readLog));
        for (int threads : new int[] {1, 2, 4, 8}) {
            others.addAll(ForeignResult.read(Files.writeString(folder.resolve("jmh-" + threads + ".json"),
                "[{\"benchmark\": \"a.b.C.d\", \"mode\": \"thrpt\", \"threads\": " + threads
                    + ", \"primaryMetric\": {\"score\": " + 3 * threads + ", \"scoreUnit\": \"ops/us\"}}]"),
                Fixtures::readLog));
        }
        return others;
    }

    private static Path page(String name, RunSet runs) throws IOException {
        Path target = Files.createDirectory(folder.resolve(name));
        String page = HtmlReport.of(runs, target);
        Files.writeString(Files.createDirectories(PAGES).resolve(name + ".html"), page);
        return Files.writeString(target.resolve(Reports.HTML), page);
    }

    private static Fixture hostile() {
        Fixture fixture = Fixture.standard();
        fixture.run().put("name", HOSTILE).put("scenarioName", HOSTILE).put("scenarioDescription", HOSTILE);
        fixture.run().withArray("strategies").forEach(strategy -> ((ObjectNode) strategy).put("title", HOSTILE));
        return fixture.invalidate("mutex-ring-r1", HOSTILE);
    }

    private static Path rate(String storm, String churn) {
        Fixture fixture = Fixture.of(List.of("mutex", "rwlock"), List.of("ring"), 2);
        fixture.run().putObject("scenario").put("storm.rate", storm).put("churn.rate", churn).put("streams", "4096");
        for (String id : List.of("mutex-ring-r1", "mutex-ring-r2", "rwlock-ring-r1", "rwlock-ring-r2")) {
            ((ObjectNode) fixture.cell(id).withArray("rates").get(0)).put("targetPerSecond",
                1000 * Integer.parseInt(storm.replace("k/s", "")));
        }
        return fixture.write(folder.resolve((storm + churn).replaceAll("\\W", "")));
    }
}
