package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.pretrained.checkpoint.Pickled.Dictionary;
import dev.parallax.pretrained.checkpoint.Pickled.Storage;
import dev.parallax.pretrained.checkpoint.Pickled.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that `torch.save` wrote: a state dict, which is a map from names to tensors, or a map with one
/// under `"model"`, as FunASR writes it. There are two layouts:
///
/// - since PyTorch 1.6 a zip archive with the entries `NAME/data.pkl`, the pickle, and `NAME/data/KEY`,
///   one for each storage;
/// - before, and on request, the one that [LegacyTorchFile] describes.
///
/// The pickle goes through [Unpickler], which executes nothing. A value that is no tensor is left out.
///
/// Source of the format: torch/serialization.py and caffe2/serialize/inline_container.h of PyTorch.
final class TorchFile {

    private static final String PICKLE = "/data.pkl";
    private static final String MODEL = "model";

    private TorchFile() {}

    /// The tensors by their names, in the order of the file. Tensors that share a storage do so here,
    /// too.
    ///
    /// @throws BadInputException if it is not such a file, is damaged or contradicts itself, or is
    ///     more than data
    static Map<String, StoredTensor> tensors(MemorySegment file, String where) {
        return StoredZip.isZip(file) ? zipped(file, where) : LegacyTorchFile.tensors(file, where);
    }

    private static Map<String, StoredTensor> zipped(MemorySegment file, String where) {
        Map<String, MemorySegment> entries = StoredZip.entries(file, where);
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        String pickle = pickles.size() == 1 ? pickles.getFirst() : "";
        MemorySegment program = entries.get(pickle);
        if (program == null) {
            throw new BadInputException(where + ": is a zip archive with " + pickles.size()
                    + " entries NAME/data.pkl; expected a file that torch.save wrote, which has one");
        }
        String folder = pickle.substring(0, pickle.length() - PICKLE.length());
        checkByteOrder(entries.get(folder + "/byteorder"), where);
        Unpickler unpickler = new Unpickler(new ByteCursor(program, where + ": " + Quoted.plain(pickle)));
        Pickled value = unpickler.read();
        Map<String, MemorySegment> storages = new LinkedHashMap<>();
        for (Storage storage : unpickler.storages().values()) {
            storages.put(storage.key(), data(storage, entries.get(folder + "/data/" + storage.key()), where));
        }
        return tensors(value, storages, where);
    }

    /// PyTorch writes the order of the machine since 2.1; before, all were little endian.
    private static void checkByteOrder(@Nullable MemorySegment order, String where) {
        if (order != null && order.mismatch(MemorySegment.ofArray("little".getBytes(StandardCharsets.US_ASCII))) >= 0) {
            throw new BadInputException(where + ": is not in little-endian order; save it again on another machine");
        }
    }

    private static MemorySegment data(Storage storage, @Nullable MemorySegment entry, String where) {
        if (entry == null
                || entry.byteSize() != storage.count() * storage.type().bytes()) {
            throw new BadInputException(where + ": storage " + Quoted.of(storage.key()) + " of " + storage.count() + " "
                    + storage.type() + " "
                    + (entry == null ? "is not in the file" : "has " + entry.byteSize() + " bytes in the file")
                    + "; it is damaged, copy it again");
        }
        return entry;
    }

    /// The tensors of a state dict as windows on their storages.
    ///
    /// @param value    what the pickle holds
    /// @param storages the bytes of each storage that it mentions
    static Map<String, StoredTensor> tensors(Pickled value, Map<String, MemorySegment> storages, String where) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        stateDict(value, where).forEach((name, item) -> {
            if (item instanceof Tensor(Storage storage, long offset, List<Long> sizes, List<Long> stride)) {
                String what = where + ": tensor " + Quoted.of(name);
                MemorySegment bytes = storages.get(storage.key());
                if (bytes == null) {
                    throw new IllegalArgumentException(what + " has a storage that was not given");
                }
                tensors.put(name, StoredTensor.window(storage.type(), sizes, bytes, offset, stride, what));
            }
        });
        if (tensors.isEmpty()) {
            throw new BadInputException(where + ": has no tensors; expected a state dict, or one under \"model\"");
        }
        return tensors;
    }

    private static Map<String, Pickled> stateDict(Pickled value, String where) {
        if (!(value instanceof Dictionary(Map<String, Pickled> entries))) {
            throw new BadInputException(where + ": does not hold a state dict, which is a map from names to tensors");
        }
        return entries.get(MODEL) instanceof Dictionary(Map<String, Pickled> inner) ? inner : entries;
    }
}
