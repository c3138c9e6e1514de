package dev.steward.reports.read;

import dev.steward.results.CellHistograms;
import dev.steward.results.HlogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a log among the test resources. */
public final class RecordedLog {
    private RecordedLog() {
    }

    /** The log, or nothing if there is none of that name. */
    public static Optional<CellHistograms> find(String resource) {
        URL log = RecordedLog.class.getResource(resource);
        try {
            return log == null ? Optional.empty() : Optional.of(HlogReader.read(Path.of(log.toURI())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
