/**
 * The mapping of virtual to physical StreamIDs in hardware, as the command queue extension of the Tegra241 has it:
 * slots per virtual interface, written when a vDEVICE comes and goes, instead of a look-up for each command of a guest.
 *
 * <p>{@link dev.steward.jmh.cmdqv.CmdqvDriver} stands before the driver of an SMMU;
 * {@link dev.steward.jmh.cmdqv.GuestCommands} is what a guest's command meets. A model of the registers and their
 * order (tegra241-cmdqv.c; docs/domain.md, 6.2), without the queues themselves.
 */
package dev.steward.jmh.cmdqv;
