package dev.steward.engine.iommufd;

/** One fault, which is a whole group for an SMMU, on its way from report to answer. Reused by its queue. */
final class Fault {
    AttachHandle handle;
    int streamId;
    int group;
    int flags;
    int pasid;
    int permission;
    long address;
    long stamp;
    /** 0 while the fault has not been read. */
    int cookie;
}
