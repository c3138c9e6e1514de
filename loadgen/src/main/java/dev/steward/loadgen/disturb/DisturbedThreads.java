package dev.steward.loadgen.disturb;

import dev.steward.machine.Cpus;
import dev.steward.machine.Scheduling;
import dev.steward.machine.TaskFiles;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What a disturber asks of the system; threads go by their numbers in {@code /proc/self/task}. */
interface DisturbedThreads {
    /** The real ones. */
    DisturbedThreads HERE = new DisturbedThreads() {
        private final Path tasks = Path.of("/proc/self/task");

        @Override
        public BitSet cpus() {
            return Cpus.allowedSet();
        }

        @Override
        public Optional<Integer> own() {
            return TaskFiles.own().map(TaskFiles::thread);
        }

        @Override
        public Optional<Integer> cpu(int thread) {
            return TaskFiles.of(tasks, thread).cpu();
        }

        @Override
        public boolean bind(int thread, BitSet cpus) {
            return Cpus.bind(thread, cpus) == 0;
        }

        @Override
        public Optional<Scheduling> scheduling(int thread) {
            return TaskFiles.of(tasks, thread).look().map(TaskFiles.Look::scheduling);
        }

        @Override
        public boolean schedule(int thread, Scheduling as) {
            return as.giveTo(thread) == 0;
        }

        @Override
        public void sleep(long ns) {
            LockSupport.parkNanos(ns);
        }
    };

    /** CPUs that the calling thread may use. */
    BitSet cpus();

    /** Number of the calling thread; empty where the kernel does not tell. */
    Optional<Integer> own();

    /** The CPU that a thread is on; empty if it has ended. */
    Optional<Integer> cpu(int thread);

    /** Binds a thread; false if that is refused. */
    boolean bind(int thread, BitSet cpus);

    /** The class of a thread; empty if it has ended. */
    Optional<Scheduling> scheduling(int thread);

    /** Gives a class to a thread, 0 for the calling one; false if that is refused. */
    boolean schedule(int thread, Scheduling as);

    /** Lets the calling thread sleep for so long, less if it is interrupted. */
    void sleep(long ns);
}
