/**
 * One measured cell: builds an engine, drives the loads on it, drains it, judges it, and writes what was found.
 */
package dev.steward.loadgen.cell;
