/**
 * Makes the reports of a run: plain text for a mail, one self-contained page for a browser, a short table for the
 * terminal. Depends on no other module of Steward; result folders are the contract.
 */
package dev.steward.reports;
