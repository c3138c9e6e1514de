/**
 * The one list of all strategies: the locks, the designs, and what jars on the class path add.
 */
package dev.steward.catalog;
