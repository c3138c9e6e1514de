package dev.steward.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Files to which records are added while a run goes on: one record as JSON on each line. */
public final class JsonLines {
    private JsonLines() {
    }

    /**
     * Adds a line to a file, which is made if need be.
     *
     * @throws IOException if it cannot be written
     */
    public static void append(Path file, Record record) throws IOException {
        byte[] line = (JsonFile.line(record) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFiles.naming(file, e);
        }
    }

    /**
     * Writes a file of such lines in one step.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, List<? extends Record> records) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Record record : records) {
            text.append(JsonFile.line(record)).append('\n');
        }
        AtomicFiles.write(file, text.toString());
    }

    /** Reads all lines; the last is left out if it was cut short, as by a full disk or a killed run. */
    static <T> List<T> read(byte[] file, Class<T> type) throws IOException {
        String text = WholeFile.text(file);
        List<T> records = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                T record = JsonFile.ofLine(lines.get(i), type);
                if (record == null) {
                    throw new IOException("line " + (i + 1) + " is damaged: an object is needed");
                }
                records.add(record);
            } catch (JsonProcessingException e) {
                if (i < lines.size() - 1 || text.endsWith("\n")) {
                    throw new IOException("line " + (i + 1) + " is damaged: " + JsonRefusal.ofLine(e), e);
                }
            }
        }
        return records;
    }
}
