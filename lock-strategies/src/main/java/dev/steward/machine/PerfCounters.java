package dev.steward.machine;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import java.util.ArrayList;
import java.util.List;

/**
 * Hardware counters by perf_event_open(2). The kernel keeps them at each context switch; nothing is done in between.
 */
public final class PerfCounters implements HardwareCounters {
    /** PERF_ATTR_SIZE_VER0. */
    private static final int ATTRIBUTE_BYTES = 64;
    private static final int SIZE_AT = 4;
    private static final int CONFIG_AT = 8;
    private static final int READ_FORMAT_AT = 32;
    private static final int FLAGS_AT = 40;
    /** PERF_FORMAT_TOTAL_TIME_ENABLED and _RUNNING. */
    private static final long WITH_TIMES = 3;
    private static final long EXCLUDE_KERNEL = 1 << 5;
    private static final long CLOSE_ON_EXEC = 1 << 3;
    private static final int VALUE_BYTES = 24;
    /** EPERM and EACCES. */
    private static final List<Integer> NOT_PERMITTED = List.of(1, 13);
    /** ENOSYS. */
    private static final int NOT_THERE = 38;
    /** ENOENT, EINVAL, EOPNOTSUPP: of this event, perhaps not of the next one. */
    private static final List<Integer> NOT_COUNTED = List.of(2, 22, 95);
    private static final int NO_FILE = -1;

    private final List<Integer> files;
    private final boolean userOnly;
    private final int error;

    private PerfCounters(List<Integer> files, boolean userOnly, int error) {
        this.files = files;
        this.userOnly = userOnly;
        this.error = error;
    }

    /** Opens those of the calling thread, in kernel and user mode if allowed, else in user mode. */
    public static PerfCounters open() {
        try {
            return open(0, false);
        } catch (LastErrorException e) {
            if (!NOT_PERMITTED.contains(e.getErrorCode())) {
                return none(e.getErrorCode());
            }
        } catch (LinkageError | RuntimeException e) {
            return none(NOT_THERE);
        }
        try {
            return open(EXCLUDE_KERNEL, true);
        } catch (LastErrorException e) {
            return none(e.getErrorCode());
        }
    }

    /** What has nothing. */
    static PerfCounters none(int error) {
        return new PerfCounters(List.of(), false, error);
    }

    private static PerfCounters open(long flags, boolean userOnly) {
        List<Integer> files = new ArrayList<>();
        LastErrorException missing = null;
        try (Memory attribute = new Memory(ATTRIBUTE_BYTES)) {
            for (Event event : Event.values()) {
                attribute.clear();
                attribute.setInt(SIZE_AT, ATTRIBUTE_BYTES);
                attribute.setLong(CONFIG_AT, event.number());
                attribute.setLong(READ_FORMAT_AT, WITH_TIMES);
                attribute.setLong(FLAGS_AT, flags);
                try {
                    files.add(function("syscall").invokeInt(new Object[] {
                        new NativeLong(number()), attribute, 0, -1, -1, new NativeLong(CLOSE_ON_EXEC)}));
                } catch (LastErrorException e) {
                    if (!NOT_COUNTED.contains(e.getErrorCode())) {
                        throw e;
                    }
                    missing = e;
                    files.add(NO_FILE);
                }
            }
            if (files.stream().allMatch(file -> file == NO_FILE)) {
                throw missing;
            }
            return new PerfCounters(files, userOnly, 0);
        } catch (LastErrorException e) {
            files.forEach(PerfCounters::close);
            throw e;
        }
    }

    private static int number() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> 298;
            case "aarch64", "riscv64" -> 241;
            default -> throw new LastErrorException(NOT_THERE);
        };
    }

    private static Function function(String name) {
        return NativeLibrary.getInstance("c").getFunction(name, Function.THROW_LAST_ERROR);
    }

    private static void close(int file) {
        if (file != NO_FILE) {
            function("close").invokeInt(new Object[] {file});
        }
    }

    @Override
    public int error() {
        return error;
    }

    @Override
    public boolean userOnly() {
        return userOnly;
    }

    @Override
    public Count[] read() {
        if (files.isEmpty()) {
            return null;
        }
        Count[] counts = new Count[files.size()];
        try (Memory value = new Memory(VALUE_BYTES)) {
            for (int i = 0; i < counts.length; i++) {
                if (files.get(i) != NO_FILE) {
                    function("read").invokeInt(new Object[] {files.get(i), value, new NativeLong(VALUE_BYTES)});
                    counts[i] = new Count(value.getLong(0), value.getLong(8), value.getLong(16));
                }
            }
            return counts;
        } catch (LastErrorException e) {
            return null;
        }
    }

    @Override
    public void close() {
        files.forEach(PerfCounters::close);
    }
}
