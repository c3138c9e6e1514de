package dev.steward.reports.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Reads a log among the test resources. */
public final class RecordedLog {
    private RecordedLog() {
    }

    public static CellHistograms read(String resource) {
        try {
            return HlogReader.read(Path.of(RecordedLog.class.getResource(resource).toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
