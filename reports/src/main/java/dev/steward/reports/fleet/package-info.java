/** What many machines have brought of one sweep: how it stands, and what it comes to when it is put together. */
package dev.steward.reports.fleet;
