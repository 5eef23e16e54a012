package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.pretrained.checkpoint.Pickled.Constant;
import dev.parallax.pretrained.checkpoint.Pickled.Dictionary;
import dev.parallax.pretrained.checkpoint.Pickled.Items;
import dev.parallax.pretrained.checkpoint.Pickled.Large;
import dev.parallax.pretrained.checkpoint.Pickled.Storage;
import dev.parallax.pretrained.checkpoint.Pickled.Text;
import dev.parallax.pretrained.checkpoint.Pickled.Whole;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The layout of `torch.save` before PyTorch 1.6, in which many checkpoints of 2018 to 2020 still are:
/// five pickles, one after the other (a magic number, the protocol 1001, facts about the machine, the
/// state dict, the list of the storages' keys), then for each key the number of its elements (64 bits)
/// and their raw values.
///
/// Source of the format: torch/serialization.py of PyTorch, `_legacy_save`.
final class LegacyTorchFile {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private LegacyTorchFile() {}

    /// The tensors by their names, see [TorchFile#tensors].
    static Map<String, StoredTensor> tensors(MemorySegment file, String where) {
        ByteCursor in = new ByteCursor(file, where);
        checkStart(in);
        Unpickler unpickler = new Unpickler(in);
        Pickled value = unpickler.read();
        Map<String, Storage> mentioned = unpickler.storages();
        if (!(new Unpickler(in).read() instanceof Items(List<Pickled> keys))) {
            throw new BadInputException(where + ": the list of its storages is missing");
        }
        Map<String, MemorySegment> storages = new LinkedHashMap<>();
        for (Pickled item : keys) {
            Storage storage = item instanceof Text(String key) ? mentioned.get(key) : null;
            if (storage == null) {
                throw new BadInputException(where + ": has a storage that no tensor uses, of unknown type");
            }
            storages.put(storage.key(), data(in, storage));
        }
        if (in.remaining() > 0 || storages.size() != mentioned.size()) {
            throw new BadInputException(where + ": has " + storages.size() + " storages of " + mentioned.size()
                    + ", and " + in.remaining() + " bytes behind them; it is damaged, copy it again");
        }
        return TorchFile.tensors(value, storages, where);
    }

    private static void checkStart(ByteCursor in) {
        if (in.remaining() < 2 || in.unsigned8() != PickleOpcode.PROTO.code()) {
            throw new BadInputException(in.where() + ": is no file that torch.save wrote; it begins neither like a zip"
                    + " archive nor like a pickle");
        }
        in.moveTo(0);
        if (!(new Unpickler(in).read() instanceof Large(BigInteger magic)) || !magic.equals(MAGIC)) {
            throw new BadInputException(in.where() + ": is a pickle, but no file that torch.save wrote");
        }
        if (!(new Unpickler(in).read() instanceof Whole(long protocol)) || protocol != PROTOCOL) {
            throw new BadInputException(in.where() + ": has another protocol of torch.save than " + PROTOCOL);
        }
        if (!(new Unpickler(in).read() instanceof Dictionary(Map<String, Pickled> machine))
                || machine.get("little_endian") != Constant.TRUE) {
            throw new BadInputException(
                    in.where() + ": is not in little-endian order; save it again on another machine");
        }
    }

    private static MemorySegment data(ByteCursor in, Storage storage) {
        long count = in.signed64();
        if (count != storage.count()) {
            throw new BadInputException(in.where() + ": storage " + Quoted.of(storage.key()) + " has " + count
                    + " elements in one place and " + storage.count() + " in another; it is damaged, copy it again");
        }
        return in.slice(count * storage.type().bytes());
    }
}
