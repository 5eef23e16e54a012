package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.SafeFiles;
import io.helidon.common.tls.Tls;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The certificate and the key with which a service speaks TLS 1.2 and 1.3, from files in PEM (RFC 7468).
public final class TlsCertificate {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String KEY = "PRIVATE KEY"; // PKCS#8
    private static final List<String> OLD_KEYS = List.of("RSA PRIVATE KEY", "EC PRIVATE KEY"); // PKCS#1, SEC 1
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 1, 0};

    private final Path certificateFile;
    private final Path keyFile;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private TlsCertificate(Path certificateFile, Path keyFile) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.chain = chain(certificateFile);
        this.key = key(keyFile, chain.getFirst());
    }

    /// Reads both.
    ///
    /// @param certificate that of the service, and after it those that sign it
    /// @param key         its key, not encrypted: PKCS#8, PKCS#1 or SEC 1
    /// @throws BadInputException where one is no such file, or they do not belong together
    public static TlsCertificate read(Path certificate, Path key) {
        return new TlsCertificate(certificate, key);
    }

    /// The same files, read again.
    TlsCertificate again() {
        return read(certificateFile, keyFile);
    }

    /// What its users will stumble on, or null: it is not valid now.
    public @Nullable String warning() {
        X509Certificate own = chain.getFirst();
        try {
            own.checkValidity();
            return null;
        } catch (CertificateException e) {
            return certificateFile + ": the certificate is valid from "
                    + own.getNotBefore().toInstant() + " to "
                    + own.getNotAfter().toInstant()
                    + ", which is not now; clients will refuse it, so renew it";
        }
    }

    /// Whether it is that of another reading.
    boolean isSameAs(TlsCertificate other) {
        return chain.equals(other.chain) && key.equals(other.key);
    }

    /// As Helidon wants it.
    Tls tls() {
        return Tls.builder()
                .privateKey(key)
                .privateKeyCertChain(chain)
                .enabledProtocols(PROTOCOLS)
                .build();
    }

    private static List<X509Certificate> chain(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            if (blocks.group(1).endsWith("CERTIFICATE")) {
                chain.add(certificate(bytes(blocks), file));
            }
        }
        if (chain.isEmpty()) {
            throw new BadInputException(
                    file + ": holds no certificate in PEM (-----BEGIN CERTIFICATE-----); convert one in DER:"
                            + " openssl x509 -inform der -in FILE -out cert.pem");
        }
        return chain;
    }

    private static X509Certificate certificate(byte[] bytes, Path file) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new BadInputException(file + ": holds a certificate that is damaged; copy it again", e);
        }
    }

    private static PrivateKey key(Path file, X509Certificate certificate) {
        String text = text(file);
        if (text.contains("ENCRYPTED")) {
            throw new BadInputException(
                    file + ": the key is encrypted; decrypt it: openssl pkey -in " + file + " -out plain.pem");
        }
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            boolean isOld = OLD_KEYS.contains(blocks.group(1));
            if (isOld || blocks.group(1).equals(KEY)) {
                byte[] bytes = bytes(blocks);
                return key(isOld ? pkcs8(bytes, certificate.getPublicKey()) : bytes, certificate, file);
            }
        }
        throw new BadInputException(file + ": holds no private key in PEM (-----BEGIN PRIVATE KEY-----); convert one in"
                + " DER: openssl pkey -inform der -in FILE -out key.pem");
    }

    private static PrivateKey key(byte[] pkcs8, X509Certificate certificate, Path file) {
        try {
            PublicKey open = certificate.getPublicKey();
            PrivateKey key =
                    KeyFactory.getInstance(open.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (belong(key, open)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            // it is of another algorithm, or damaged
        }
        throw new BadInputException(
                file + ": is not the key of the certificate; give the one with which it was requested");
    }

    private static boolean belong(PrivateKey key, PublicKey open) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (open.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> open.getAlgorithm();
                });
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        return signature.verify(signed);
    }

    /// PKCS#8 of a key without the name of its algorithm, which the certificate has too (RFC 5208, RFC 5280):
    ///
    ///     PrivateKeyInfo       = SEQUENCE {INTEGER 0, algorithm, OCTET STRING key}
    ///     SubjectPublicKeyInfo = SEQUENCE {algorithm, BIT STRING key}
    private static byte[] pkcs8(byte[] key, PublicKey open) {
        ByteBuffer info = ByteBuffer.wrap(open.getEncoded());
        length(info);
        int start = info.position();
        int end = length(info) + info.position();
        byte[] algorithm = new byte[end - start];
        info.get(start, algorithm);
        byte[] octets = der(OCTETS, key);
        return der(SEQUENCE, VERSION_0, algorithm, octets);
    }

    /// Passes over the tag and the length of an element of DER.
    private static int length(ByteBuffer in) {
        in.get();
        int first = in.get() & 0xFF;
        int length = first < 0x80 ? first : 0;
        for (int i = first; i > 0x80; i--) {
            length = (length << 8) | (in.get() & 0xFF);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out =
                ByteBuffer.allocate(length + 4).put((byte) tag).put((byte) 0x82).putShort((short) length);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    private static String text(Path file) {
        return new String(SafeFiles.read(file), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }
}
