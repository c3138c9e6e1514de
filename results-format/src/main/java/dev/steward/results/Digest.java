package dev.steward.results;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells contents apart by a few digits. */
public final class Digest {
    private Digest() {
    }

    /**
     * The begin of a SHA-256.
     *
     * @param digits 1 to 64.
     * @return so many hexadecimal digits, in lower case.
     */
    public static String of(byte[] content, int digits) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
