package dev.parallax.pretrained.checkpoint;

import static dev.parallax.pretrained.checkpoint.Pickled.Constant.FALSE;
import static dev.parallax.pretrained.checkpoint.Pickled.Constant.NONE;
import static dev.parallax.pretrained.checkpoint.Pickled.Constant.TRUE;

import dev.parallax.BadInputException;
import dev.parallax.pretrained.checkpoint.Pickled.Dictionary;
import dev.parallax.pretrained.checkpoint.Pickled.Function;
import dev.parallax.pretrained.checkpoint.Pickled.Items;
import dev.parallax.pretrained.checkpoint.Pickled.Large;
import dev.parallax.pretrained.checkpoint.Pickled.Storage;
import dev.parallax.pretrained.checkpoint.Pickled.StorageType;
import dev.parallax.pretrained.checkpoint.Pickled.Tensor;
import dev.parallax.pretrained.checkpoint.Pickled.Text;
import dev.parallax.pretrained.checkpoint.Pickled.Tuple;
import dev.parallax.pretrained.checkpoint.Pickled.Whole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one pickle as PyTorch writes it for a state dict. A pickle is a program for a stack machine, and
/// Python's own reader lets it call any function: loading a stranger's `.bin` there is running a
/// stranger's code. This reader knows the few instructions and names that saved weights need, and makes
/// data of them; all others are refused by name. It calls nothing, and it is bounded:
///
/// - instructions, text, bytes, the stack and the depth of marks and tuples have limits, far above what
///   weights need;
/// - there is no recursion, and nothing is allocated by a number from the file;
/// - storages and tensors become descriptions ([Pickled.Storage], [Pickled.Tensor]), to be checked
///   against the file.
///
/// Source of the format: CPython, Lib/pickletools.py; of what weights use: torch/serialization.py and
/// torch/_utils.py.
final class Unpickler {

    static final int MAX_STEPS = 1_000_000; // weights take 30 per tensor
    static final int MAX_BYTES = 16 << 20;
    static final int MAX_TEXT = 1 << 16; // bytes
    static final int MAX_STACK = 200_000;
    static final int MAX_MARKS = 32;
    static final int MAX_DEPTH = 8; // of tuples in tuples

    private static final int MAX_NAME = 255; // bytes of a module or function name

    private static final Map<String, Pickled> GLOBALS = Map.ofEntries(
            Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
            Map.entry("torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR),
            Map.entry("torch.DoubleStorage", new StorageType(ElementType.F64)),
            Map.entry("torch.FloatStorage", new StorageType(ElementType.F32)),
            Map.entry("torch.HalfStorage", new StorageType(ElementType.F16)),
            Map.entry("torch.BFloat16Storage", new StorageType(ElementType.BF16)),
            Map.entry("torch.LongStorage", new StorageType(ElementType.I64)),
            Map.entry("torch.IntStorage", new StorageType(ElementType.I32)),
            Map.entry("torch.ByteStorage", new StorageType(ElementType.U8)),
            Map.entry("torch.BoolStorage", new StorageType(ElementType.BOOL)));

    private final ByteCursor in;
    private final long start;
    private final List<Pickled> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>(); // heights of the stack
    private final Map<Long, Pickled> memo = new HashMap<>();
    private final Map<String, Storage> storages = new LinkedHashMap<>();

    /// @param in at the pickle's first byte
    Unpickler(ByteCursor in) {
        this.in = in;
        this.start = in.position();
    }

    /// The storages that were mentioned, by their keys.
    Map<String, Storage> storages() {
        return Collections.unmodifiableMap(storages);
    }

    /// The value of the pickle; the cursor stands behind it then.
    ///
    /// @throws BadInputException if it is damaged, does anything but describe weights, or is beyond a
    ///     limit
    Pickled read() {
        for (int step = 0; step < MAX_STEPS; step++) {
            int code = in.unsigned8();
            PickleOpcode opcode = PickleOpcode.of(code);
            if (opcode == null) {
                throw damaged("byte 0x" + Integer.toHexString(code) + " is no instruction");
            }
            if (opcode == PickleOpcode.STOP) {
                Pickled value = pop();
                if (!stack.isEmpty() || !marks.isEmpty()) {
                    throw damaged("it stops with values left over");
                }
                return value;
            }
            execute(opcode);
            if (stack.size() > MAX_STACK || in.position() - start > MAX_BYTES) {
                throw tooLarge(MAX_STACK + " values on the stack or " + MAX_BYTES + " bytes");
            }
        }
        throw tooLarge(MAX_STEPS + " instructions");
    }

    private void execute(PickleOpcode opcode) {
        switch (opcode) {
            case PROTO -> protocol(in.unsigned8());
            case NONE -> push(NONE);
            case NEWTRUE -> push(TRUE);
            case NEWFALSE -> push(FALSE);
            case BININT1 -> push(new Whole(in.unsigned8()));
            case BININT2 -> push(new Whole(in.unsigned16()));
            case BININT -> push(new Whole(in.signed32()));
            case LONG1 -> push(number(in.bytes(in.unsigned8())));
            case BINUNICODE -> push(new Text(text(in.unsigned32())));
            case GLOBAL -> push(global());
            case EMPTY_TUPLE -> push(tuple(List.of()));
            case TUPLE1 -> push(tuple(popLast(1)));
            case TUPLE2 -> push(tuple(popLast(2)));
            case TUPLE3 -> push(tuple(popLast(3)));
            case TUPLE -> push(tuple(popToMark()));
            case EMPTY_LIST -> push(new Items(new ArrayList<>()));
            case APPEND -> append(popLast(1));
            case APPENDS -> append(popToMark());
            case EMPTY_DICT -> push(new Dictionary(new LinkedHashMap<>()));
            case SETITEM -> setItems(popLast(2));
            case SETITEMS -> setItems(popToMark());
            case MARK -> mark();
            case BINPUT -> put(in.unsigned8());
            case LONG_BINPUT -> put(in.unsigned32());
            case BINGET -> get(in.unsigned8());
            case LONG_BINGET -> get(in.unsigned32());
            case BINPERSID -> push(storage(pop()));
            case REDUCE -> reduce();
            case BUILD -> build();
            default -> throw refused("instruction " + opcode);
        }
    }

    private void protocol(int version) {
        if (version != 2) {
            throw new BadInputException(in.where() + ": has pickle protocol " + version
                    + "; read is protocol 2, which torch.save writes unless it is told otherwise");
        }
    }

    // ---- numbers, text, names ----

    /// A number of any length in two's complement, its lowest byte first.
    private static Pickled number(byte[] lowFirst) {
        byte[] highFirst = new byte[lowFirst.length];
        for (int i = 0; i < highFirst.length; i++) {
            highFirst[i] = lowFirst[lowFirst.length - 1 - i];
        }
        BigInteger value = highFirst.length == 0 ? BigInteger.ZERO : new BigInteger(highFirst);
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new Large(value);
    }

    private String text(long length) {
        if (length > MAX_TEXT) {
            throw tooLarge("a text of " + MAX_TEXT + " bytes (it would have " + length + ")");
        }
        return in.text((int) length);
    }

    private Pickled global() {
        String name = line() + "." + line();
        Pickled known = GLOBALS.get(name);
        if (known == null) {
            throw refused("global " + Quoted.plain(name));
        }
        return known;
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (int c = in.unsigned8(); c != '\n'; c = in.unsigned8()) {
            if (line.length() == MAX_NAME) {
                throw tooLarge("a name of " + MAX_NAME + " bytes");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    // ---- containers ----

    private Tuple tuple(List<Pickled> items) {
        int depth = 1;
        for (Pickled item : items) {
            depth = Math.max(depth, item instanceof Tuple inner ? inner.depth() + 1 : 1);
        }
        if (depth > MAX_DEPTH) {
            throw tooLarge("tuples in tuples, " + MAX_DEPTH + " deep");
        }
        return new Tuple(items, depth);
    }

    private void append(List<Pickled> items) {
        if (!(top() instanceof Items(List<Pickled> list))) {
            throw damaged("something is appended to what is no list");
        }
        list.addAll(items);
    }

    private void setItems(List<Pickled> items) {
        if (!(top() instanceof Dictionary(Map<String, Pickled> entries)) || items.size() % 2 != 0) {
            throw damaged("items are set in what is no dict");
        }
        for (int i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof Text(String key))) {
                throw damaged("a key of a dict is no text");
            }
            entries.put(key, items.get(i + 1));
        }
    }

    // ---- what stands for PyTorch's objects ----

    /// `("storage", type, key, place, count)`, in old files with a view as sixth, which is None.
    private Storage storage(Pickled id) {
        if (!(id instanceof Tuple(List<Pickled> items, int depth))
                || items.size() < 5
                || items.size() > 6
                || !(items.get(0) instanceof Text(String kind))
                || !kind.equals("storage")
                || !(items.get(1) instanceof StorageType(ElementType type))
                || !(items.get(2) instanceof Text(String key))
                || !(items.get(3) instanceof Text)
                || !(items.get(4) instanceof Whole(long count))) {
            throw damaged("a persistent id is not (\"storage\", type, key, place, count)");
        }
        if (items.size() == 6 && items.get(5) != NONE) {
            throw damaged("storage " + Quoted.of(key) + " is a part of another one, which is not supported");
        }
        if (count < 0 || count > Long.MAX_VALUE / type.bytes()) {
            throw damaged("storage " + Quoted.of(key) + " would have " + count + " elements");
        }
        Storage storage = new Storage(type, key, count);
        Storage before = storages.putIfAbsent(key, storage);
        if (before != null && !before.equals(storage)) {
            throw damaged("storage " + Quoted.of(key) + " is both " + before.count() + " " + before.type() + " and "
                    + count + " " + type);
        }
        return storage;
    }

    private void reduce() {
        List<Pickled> call = popLast(2);
        if (!(call.get(1) instanceof Tuple(List<Pickled> arguments, int depth))) {
            throw damaged("arguments are no tuple");
        }
        if (!(call.get(0) instanceof Function function)) {
            throw refused("a call of what is no function");
        }
        push(
                switch (function) {
                    case ORDERED_DICT -> orderedDict(arguments);
                    case REBUILD_TENSOR -> tensor(arguments);
                });
    }

    private Dictionary orderedDict(List<Pickled> arguments) {
        if (!arguments.isEmpty()) {
            throw damaged("OrderedDict has arguments");
        }
        return new Dictionary(new LinkedHashMap<>());
    }

    /// `_rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)`; the last two do not
    /// matter here.
    private Tensor tensor(List<Pickled> arguments) {
        if (arguments.size() != 6
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Whole(long offset))) {
            throw damaged("a tensor is not (storage, offset, sizes, strides, requires_grad, hooks)");
        }
        return new Tensor(storage, offset, wholes(arguments.get(2)), wholes(arguments.get(3)));
    }

    private List<Long> wholes(Pickled value) {
        if (!(value instanceof Tuple(List<Pickled> items, int depth))) {
            throw damaged("sizes or strides are no tuple");
        }
        return items.stream()
                .map(item -> {
                    if (item instanceof Whole(long whole)) {
                        return whole;
                    }
                    throw damaged("a size or stride is no whole number of 64 bits");
                })
                .toList();
    }

    /// Attributes of an object: an `OrderedDict` of weights has `_metadata`, the versions of its modules.
    private void build() {
        Pickled state = pop();
        if (!(top() instanceof Dictionary) || !(state instanceof Dictionary)) {
            throw refused("attributes of what is no dict, or that are none");
        }
    }

    // ---- stack and memo ----

    private void push(Pickled value) {
        stack.add(value);
    }

    private Pickled top() {
        if (stack.size() <= floor()) {
            throw damaged("it takes a value where there is none");
        }
        return stack.getLast();
    }

    private Pickled pop() {
        Pickled value = top();
        stack.removeLast();
        return value;
    }

    private List<Pickled> popLast(int count) {
        if (stack.size() - floor() < count) {
            throw damaged("it takes " + count + " values where there are fewer");
        }
        List<Pickled> last = stack.subList(stack.size() - count, stack.size());
        List<Pickled> copy = List.copyOf(last);
        last.clear();
        return copy;
    }

    private List<Pickled> popToMark() {
        if (marks.isEmpty()) {
            throw damaged("it takes all values up to a mark where there is none");
        }
        List<Pickled> items = popLast(stack.size() - floor());
        marks.removeLast();
        return items;
    }

    /// The values below the last mark are out of reach until it is taken away.
    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private void mark() {
        if (marks.size() == MAX_MARKS) {
            throw tooLarge(MAX_MARKS + " marks, one in the other");
        }
        marks.add(stack.size());
    }

    private void put(long key) {
        if (key >= MAX_STEPS) {
            throw tooLarge("place " + MAX_STEPS + " of its memory (it names " + key + ")");
        }
        memo.put(key, top());
    }

    private void get(long key) {
        Pickled value = memo.get(key);
        if (value == null) {
            throw damaged("it takes place " + key + " of its memory, where nothing is");
        }
        push(value);
    }

    // ---- messages ----

    private BadInputException refused(String what) {
        return new BadInputException(in.where() + ": is a program, refused: " + what
                + "; take the weights as model.safetensors, or save them alone: torch.save(model.state_dict(), file)");
    }

    private BadInputException damaged(String why) {
        return new BadInputException(in.where() + ": byte " + in.position() + ": " + why
                + "; it is damaged or no file of weights by PyTorch");
    }

    private BadInputException tooLarge(String limit) {
        return new BadInputException(in.where() + ": byte " + in.position() + ": goes beyond a limit, refused: " + limit
                + "; weights alone need far less");
    }
}
