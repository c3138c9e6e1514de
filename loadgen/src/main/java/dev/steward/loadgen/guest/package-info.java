/**
 * What the VMMs of a cell do: they make, move and destroy their objects, read their vEVENTQs and answer faults.
 */
package dev.steward.loadgen.guest;
