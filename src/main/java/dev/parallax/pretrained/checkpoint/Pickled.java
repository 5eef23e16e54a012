package dev.parallax.pretrained.checkpoint;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/// What an [Unpickler] makes: plain values, and descriptions of storages and tensors in place of
/// PyTorch's objects. A container may contain itself, so these are never compared, hashed or printed as a
/// whole.
sealed interface Pickled {

    /// Python's `None`, `True` and `False`.
    enum Constant implements Pickled {
        NONE,
        TRUE,
        FALSE
    }

    /// A whole number of 64 bits.
    record Whole(long value) implements Pickled {}

    /// A larger one.
    record Large(BigInteger value) implements Pickled {}

    record Text(String value) implements Pickled {}

    /// @param depth 1 where it contains no tuple
    record Tuple(List<Pickled> items, int depth) implements Pickled {}

    /// A Python list, growing.
    record Items(List<Pickled> items) implements Pickled {}

    /// A Python `dict` or `OrderedDict` whose keys are strings, growing.
    record Dictionary(Map<String, Pickled> entries) implements Pickled {}

    /// The functions that a file may call.
    enum Function implements Pickled {
        ORDERED_DICT,
        REBUILD_TENSOR
    }

    /// A class of storages, such as `torch.FloatStorage`.
    record StorageType(ElementType type) implements Pickled {}

    /// A storage: its bytes are elsewhere in the file.
    ///
    /// @param key   under which they are found
    /// @param count of its elements, as the file says
    record Storage(ElementType type, String key, long count) implements Pickled {}

    /// A window on a storage, as the file says; [StoredTensor#window] checks it.
    record Tensor(Storage storage, long offset, List<Long> sizes, List<Long> stride) implements Pickled {}
}
