/**
 * What to run: every setting with its name, range and default, read from a YAML file and from overrides.
 */
package dev.steward.loadgen.scenario;
