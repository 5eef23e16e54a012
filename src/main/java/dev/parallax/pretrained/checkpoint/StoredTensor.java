package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A tensor where it lies in a file: a window on a storage. Element (i, j, ...) of the tensor is element
/// `offset + i stride[0] + j stride[1] + ...` of the storage. Several tensors may share a storage (tied
/// weights), and a tensor may be a part of it or its transpose.
///
/// @param storage the bytes of the whole storage
/// @param offset  of the first element [elements of the storage]
/// @param stride  between neighbours along each axis [elements of the storage], not negative
record StoredTensor(ElementType type, List<Integer> shape, MemorySegment storage, long offset, List<Long> stride) {

    private static final int MAX_AXES = 16;
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /// What is done with `count` elements that lie side by side.
    @FunctionalInterface
    private interface Run {
        /// @param from  the first of them in the storage [bytes]
        /// @param first the first of them in row-major order
        void copy(long from, int count, int first);
    }

    /// A tensor that is all of its storage, row-major.
    static StoredTensor whole(ElementType type, List<Integer> shape, MemorySegment storage) {
        List<Long> stride = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
        for (int axis = shape.size() - 2; axis >= 0; axis--) {
            stride.set(axis, stride.get(axis + 1) * shape.get(axis + 1));
        }
        return new StoredTensor(type, List.copyOf(shape), storage, 0, List.copyOf(stride));
    }

    /// A window whose numbers come from a file.
    ///
    /// @param what the tensor, the start of the message
    /// @throws BadInputException if it is no window on this storage
    static StoredTensor window(
            ElementType type, List<Long> sizes, MemorySegment storage, long offset, List<Long> stride, String what) {
        if (sizes.size() != stride.size() || sizes.size() > MAX_AXES) {
            throw new BadInputException(what + ": has " + sizes.size() + " sizes and " + stride.size()
                    + " strides; expected equally many, at most " + MAX_AXES);
        }
        boolean inRange = offset >= 0
                && sizes.stream().allMatch(size -> size >= 0 && size <= Integer.MAX_VALUE)
                && stride.stream().allMatch(step -> step >= 0);
        long elements = storage.byteSize() / type.bytes();
        if (!inRange || end(sizes, offset, stride) > elements) {
            throw new BadInputException(what + ": offset " + offset + ", sizes " + sizes + " and strides " + stride
                    + " do not fit its storage of " + elements + " elements");
        }
        List<Integer> shape = sizes.stream().map(Long::intValue).toList();
        return new StoredTensor(type, shape, storage, offset, List.copyOf(stride));
    }

    /// One past the last element of the storage that a window touches; more than any storage has where it
    /// overflows.
    private static long end(List<Long> sizes, long offset, List<Long> stride) {
        if (sizes.contains(0L)) {
            return offset;
        }
        try {
            long last = offset;
            for (int axis = 0; axis < sizes.size(); axis++) {
                last = Math.addExact(last, Math.multiplyExact(sizes.get(axis) - 1, stride.get(axis)));
            }
            return Math.addExact(last, 1);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /// The transpose of a matrix.
    StoredTensor transposed() {
        return new StoredTensor(type, shape.reversed(), storage, offset, stride.reversed());
    }

    /// A copy of the values, row-major.
    ///
    /// @param what the tensor, the start of a message
    /// @throws BadInputException if the type is not one of real numbers, or it is too large for an array
    float[] floats(String what) {
        if (!type.isReal()) {
            throw new BadInputException(
                    what + " has type " + type + "; read are F32, F16, BF16 and F64, the others are only listed");
        }
        float[] out = new float[count(what)];
        forEachRun((from, count, first) -> type.read(storage, from, count, first, out));
        unload();
        return out;
    }

    /// Lets the pages of the file go, which would else count as this program's memory until the file is closed. Whoever
    /// reads the tensor again gets them again.
    private void unload() {
        if (storage.isMapped()) {
            storage.unload();
        }
    }

    /// The number of elements. A window that repeats elements (stride 0) may be far larger than its file;
    /// it is listed and not read.
    private int count(String what) {
        long most = Math.min(MAX_ELEMENTS, storage.byteSize() / type.bytes());
        long count = shape.contains(0) ? 0 : 1;
        for (int size : shape) {
            if (count > 0 && size > most / count) {
                throw new BadInputException(what + " " + shape + " has more elements than "
                        + (most == MAX_ELEMENTS ? "an array can have" : "its storage, it repeats some")
                        + ": at most " + most + " are read");
            }
            count *= size;
        }
        return (int) count;
    }

    /// Walks through the elements in row-major order, by runs as long as the strides allow.
    private void forEachRun(Run run) {
        if (shape.contains(0)) {
            return;
        }
        int inner = shape.size(); // the axes from here on lie side by side
        long length = 1;
        while (inner > 0 && (shape.get(inner - 1) == 1 || stride.get(inner - 1) == length)) {
            inner--;
            length *= shape.get(inner);
        }
        int[] index = new int[inner];
        long element = offset;
        int first = 0;
        while (true) {
            run.copy(element * type.bytes(), (int) length, first);
            first += (int) length;
            int axis = inner - 1;
            while (axis >= 0 && index[axis] == shape.get(axis) - 1) {
                element -= index[axis] * stride.get(axis);
                index[axis] = 0;
                axis--;
            }
            if (axis < 0) {
                return;
            }
            index[axis]++;
            element += stride.get(axis);
        }
    }
}
