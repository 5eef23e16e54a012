package dev.parallax.spark;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/// The files of this machine under the scheme `other:`, as a file system that is not the local one.
public final class OtherFiles extends RawLocalFileSystem {

    @Override
    public URI getUri() {
        return URI.create("other:///");
    }

    @Override
    public String getScheme() {
        return "other";
    }
}
