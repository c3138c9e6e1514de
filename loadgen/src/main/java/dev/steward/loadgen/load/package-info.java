/**
 * The loads of a cell: storm, attaches and invalidations on their schedules, and the probes that time what they meet.
 */
package dev.steward.loadgen.load;
