package dev.parallax.pretrained.checkpoint;

import dev.parallax.io.SafeTensorsHeader;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/// A safetensors file of any size, read in place; [SafeTensorsHeader] checks it.
final class SafeTensorsFile {

    private SafeTensorsFile() {}

    /// The tensors by their names, in the order of the header.
    static Map<String, StoredTensor> tensors(MemorySegment file, String where) {
        SafeTensorsHeader header = SafeTensorsHeader.parse(file, where);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        header.entries().forEach((name, entry) -> {
            MemorySegment bytes = file.asSlice(header.dataStart() + entry.begin(), entry.end() - entry.begin());
            tensors.put(name, StoredTensor.whole(ElementType.valueOf(entry.dtype()), entry.shape(), bytes));
        });
        return tensors;
    }
}
