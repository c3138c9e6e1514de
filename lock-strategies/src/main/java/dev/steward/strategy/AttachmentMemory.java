package dev.steward.strategy;

/**
 * Attachment records by position, in one of two layouts: in place, or behind one more dependent load. Owns atomicity of
 * a word, nothing else: the guard owns ordering and exclusion.
 *
 * <p>An abstract class and not an interface, so that with one of them loaded a call is not a virtual one.
 */
abstract class AttachmentMemory implements Memory {
    /** Like {@link AttachmentRecord#snapshotOpaque}. */
    abstract long snapshotOpaque(int position);

    /** Like {@link AttachmentRecord#loadOpaque}. */
    abstract long loadOpaque(int position);

    /** Like {@link AttachmentRecord#storeOpaque}: rewrites a record where it is, in front of all readers. */
    abstract void storeOpaque(int position, long attachment);
}
