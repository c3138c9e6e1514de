package dev.steward.loadgen.run;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas that seal the result format, found above the folder of the module. */
public final class Schemas {
    /** Plan of a sweep. */
    public static final String SWEEP = "sweep-v1.schema.json";

    static final String RUN = "run-v1.schema.json";
    static final String CELL = "cell-v2.schema.json";
    static final String CAPACITY = "capacity-v1.schema.json";

    private Schemas() {
    }

    /** What a file breaks, one line each. */
    public static List<String> violations(String name, String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(find(name)), InputFormat.JSON);
        return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
    }

    private static Path find(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("docs").resolve("schemas").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException("docs/schemas/" + name + " is in no folder above this one");
    }
}
