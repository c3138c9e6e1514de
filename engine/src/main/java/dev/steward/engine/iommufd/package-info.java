/**
 * The objects of iommufd with their pins, orders and error codes, and the queues that a VMM reads.
 */
package dev.steward.engine.iommufd;
