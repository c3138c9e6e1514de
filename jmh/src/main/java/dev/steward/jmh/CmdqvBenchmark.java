package dev.steward.jmh;

import dev.steward.jmh.cmdqv.GuestCommands;
import dev.steward.jmh.cmdqv.RegisterWatch;
import dev.steward.engine.iommufd.VDevice;
import dev.steward.engine.stream.CommandLayout;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The StreamID slots of a Tegra241 CMDQV against the look-up in software: what a command of a guest costs that names a
 * stream (ATC_INV of a random one), and what a vDEVICE costs that comes and goes.
 *
 * <p>Trapped, a command is looked up in O(log n) under the spinlock of the vDEVICEs; that, and the trap, is what a slot
 * saves. By slot, the figure is that of the model, a loop over at most 16 registers; hardware does the same beside the
 * processors, and nothing here says how fast. From 17 vDEVICEs on a VM gets no slots (-ENOSPC), and its lines for
 * {@code slots} repeat those for {@code trap}; {@code byHardware} and {@code trapped} tell which way was taken. k
 * threads are k processors of the one guest, which replug one at a time.
 */
public class CmdqvBenchmark extends InNanoseconds {
    /** The VM. */
    @State(Scope.Benchmark)
    public static class Vm {
        /** "slots": the VM asks for the extension; "trap": it does not. */
        @Param({"slots", "trap"})
        public String way;

        /** Number of vDEVICEs, a power of two. */
        @Param({"1", "16", "64", "256", "1024"})
        public int vdevices;

        /** What each write to a register of a slot takes, in tokens of {@link Blackhole#consumeCPU}; here a store. */
        @Param("0")
        public int registerTokens;

        CommandedVm vm;

        /** Boots it. */
        @Setup
        public void setUp() {
            if (!way.equals("slots") && !way.equals("trap")) {
                throw new IllegalArgumentException("way=" + way + " is not allowed; slots or trap");
            }
            if (Integer.bitCount(vdevices) != 1) {
                throw new IllegalArgumentException("vdevices=" + vdevices + " is not allowed; a power of two");
            }
            RegisterWatch watch =
                registerTokens == 0 ? RegisterWatch.NONE : (offset, value) -> Blackhole.consumeCPU(registerTokens);
            vm = CommandedVm.boot(way.equals("slots"), vdevices, watch);
        }

        /** Shuts it down. */
        @TearDown
        public void tearDown() {
            vm.close();
        }
    }

    /** A processor of the guest. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Commands {
        /** Commands in an iteration that a slot translated. */
        public long byHardware;

        /** Commands in an iteration that were looked up. */
        public long trapped;

        private GuestCommands commands;
        private StreamIds indexes;

        /** Opens its way to the hardware queue. */
        @Setup
        public void setUp(Vm state, ThreadParams params) {
            commands = new GuestCommands(state.vm.viommu(), state.vm.slots());
            indexes = new StreamIds(state.vdevices, params.getThreadIndex());
        }
    }

    /** What there is beside the look-up when a command is trapped. */
    @State(Scope.Benchmark)
    public static class Trap {
        /**
         * Exit of the guest, way to the VMM, system call, and back, in tokens of {@link Blackhole#consumeCPU}. 0 leaves
         * the look-up alone, since we know of no source with a figure; take one that you measured.
         */
        @Param("0")
        public int trapTokens;
    }

    /** One command. */
    @Benchmark
    @Threads(1)
    public long command(Vm state, Commands processor, Trap trap) {
        int index = processor.indexes.next();
        int result = processor.commands.issue(CommandLayout.invalidateAtcWord0(CommandedVm.virtualStreamId(index)));
        if (result == GuestCommands.BY_HARDWARE) {
            processor.byHardware++;
        } else if (result == GuestCommands.TRAPPED) {
            processor.trapped++;
            if (trap.trapTokens > 0) {
                Blackhole.consumeCPU(trap.trapTokens);
            }
        }
        long issued = processor.commands.issued();
        if (result < 0 || CommandLayout.streamId(issued) != CommandedVm.physicalStreamId(index)) {
            throw new IllegalStateException("command for device " + index + " was not translated: " + result);
        }
        return issued;
    }

    /** One vDEVICE that is freed and allocated again; the difference of the two ways is clearing and setting a slot. */
    @Benchmark
    @Threads(1)
    public VDevice replug(Vm state) {
        return state.vm.replug();
    }
}
