package dev.steward.loadgen.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds and runs programs of the system. Safe for any thread. */
final class Programs {
    /** Where those of root stand; the path of other users does not lead there. */
    private static final List<String> OF_ROOT = List.of("/usr/sbin", "/sbin");

    private final List<String> folders;

    /** @param path folders separated by colons */
    private Programs(List<String> folders) {
        this.folders = folders;
    }

    static Programs ofSystem() {
        List<String> folders = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(Arrays.asList(path.split(":")));
        }
        folders.addAll(OF_ROOT);
        return new Programs(folders);
    }

    static Programs in(String... folders) {
        return new Programs(List.of(folders));
    }

    Optional<Path> find(String name) {
        return folders.stream().map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst();
    }

    /**
     * Runs a program to its end; what it says is in English.
     *
     * @param log gets all that it prints
     * @return its exit code
     * @throws KernelException if it is not there
     */
    int run(Path log, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        words.set(0, find(command[0]).orElseThrow(() -> new KernelException(command[0]
            + " is not installed; Debian: apt-get install make gcc kmod util-linux")).toString());
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw e;
        }
    }
}
