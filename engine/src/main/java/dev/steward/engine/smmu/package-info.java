/**
 * One SMMU instance: its event handler, its attach path, and the port behind which a locking strategy stands.
 */
package dev.steward.engine.smmu;
