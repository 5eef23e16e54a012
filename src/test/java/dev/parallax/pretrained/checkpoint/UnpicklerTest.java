package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.pretrained.checkpoint.Pickled.Constant;
import dev.parallax.pretrained.checkpoint.Pickled.Dictionary;
import dev.parallax.pretrained.checkpoint.Pickled.Items;
import dev.parallax.pretrained.checkpoint.Pickled.Large;
import dev.parallax.pretrained.checkpoint.Pickled.Text;
import dev.parallax.pretrained.checkpoint.Pickled.Tuple;
import dev.parallax.pretrained.checkpoint.Pickled.Whole;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Honest pickles, and planted ones that attack their reader.
class UnpicklerTest {

    private static Pickled read(byte[] pickle) {
        return new Unpickler(new ByteCursor(MemorySegment.ofArray(pickle), "f")).read();
    }

    private static String refusal(PickleWriter pickle) {
        byte[] bytes = pickle.stop();
        return Refusal.of(() -> read(bytes));
    }

    @Test
    void read_plainValues_areWhatPythonMakes() {
        PickleWriter pickle = PickleWriter.start()
                .op(PickleOpcode.EMPTY_LIST)
                .op(PickleOpcode.MARK)
                .op(PickleOpcode.NONE)
                .op(PickleOpcode.NEWTRUE)
                .op(PickleOpcode.NEWFALSE)
                .whole(255)
                .whole(65535)
                .whole(-2)
                .whole(1L << 40)
                .op(PickleOpcode.LONG1, 0)
                .op(PickleOpcode.LONG1, 1, 0xFF)
                .op(PickleOpcode.LONG1, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0)
                .text("größe")
                .whole(1)
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.APPENDS);
        List<Pickled> items = assertInstanceOf(Items.class, read(pickle.stop())).items();
        assertEquals(
                List.of(
                        Constant.NONE,
                        Constant.TRUE,
                        Constant.FALSE,
                        new Whole(255),
                        new Whole(65535),
                        new Whole(-2),
                        new Whole(1L << 40),
                        new Whole(0),
                        new Whole(-1),
                        new Large(BigInteger.ONE.shiftLeft(63)),
                        new Text("größe"),
                        new Tuple(List.of(new Whole(1)), 1)),
                items);
    }

    @Test
    void read_memory_givesTheSameObject() {
        PickleWriter pickle = PickleWriter.start()
                .op(PickleOpcode.EMPTY_LIST)
                .op32(PickleOpcode.LONG_BINPUT, 70_000)
                .op32(PickleOpcode.LONG_BINGET, 70_000)
                .op(PickleOpcode.BINPUT, 1)
                .op(PickleOpcode.BINGET, 1)
                .op(PickleOpcode.TUPLE3);
        List<Pickled> items = assertInstanceOf(Tuple.class, read(pickle.stop())).items();
        assertSame(items.get(0), items.get(1));
        assertSame(items.get(0), items.get(2));
    }

    @Test
    void read_containerInItself_ends() {
        PickleWriter pickle = PickleWriter.start()
                .op(PickleOpcode.EMPTY_DICT)
                .op(PickleOpcode.BINPUT, 0)
                .text("self")
                .op(PickleOpcode.BINGET, 0)
                .op(PickleOpcode.SETITEM);
        Dictionary itself = assertInstanceOf(Dictionary.class, read(pickle.stop()));
        assertSame(itself, itself.entries().get("self"));
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "builtins, exec",
        "__builtin__, getattr",
        "subprocess, Popen",
        "torch, load",
        "torch.hub, load",
        "torch._utils, _rebuild_tensor",
        "torch, QInt8Storage",
        "collections, defaultdict",
        "argparse, Namespace",
        "omegaconf.dictconfig, DictConfig"
    })
    void read_otherGlobal_isRefusedByName(String module, String name) {
        String message = refusal(PickleWriter.start()
                .global(module, name)
                .text("touch owned")
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.REDUCE));
        assertEquals(
                "f: is a program, refused: global " + module + "." + name
                        + "; take the weights as model.safetensors, or save them alone: torch.save(model.state_dict(), file)",
                message);
    }

    @Test
    void read_globalWithControlCharactersOrWithoutEnd_isRefusedOnOneLine() {
        assertTrue(refusal(PickleWriter.start().global("os\u001b[2J\r", "system"))
                .contains("global os\\u001b[2J\\r.system"));
        assertTrue(refusal(PickleWriter.start().global("a".repeat(256), "b")).contains("a name of 255 bytes"));
    }

    /// The instructions that are not among those of weights: all but 30 of 68.
    @Test
    void read_otherInstruction_isRefusedByName() {
        Set<PickleOpcode> known = EnumSet.of(
                PickleOpcode.PROTO,
                PickleOpcode.GLOBAL,
                PickleOpcode.BINPUT,
                PickleOpcode.LONG_BINPUT,
                PickleOpcode.BINGET,
                PickleOpcode.LONG_BINGET,
                PickleOpcode.MARK,
                PickleOpcode.BINUNICODE,
                PickleOpcode.BINPERSID,
                PickleOpcode.BININT,
                PickleOpcode.BININT1,
                PickleOpcode.BININT2,
                PickleOpcode.LONG1,
                PickleOpcode.TUPLE,
                PickleOpcode.TUPLE1,
                PickleOpcode.TUPLE2,
                PickleOpcode.TUPLE3,
                PickleOpcode.EMPTY_TUPLE,
                PickleOpcode.EMPTY_DICT,
                PickleOpcode.EMPTY_LIST,
                PickleOpcode.APPEND,
                PickleOpcode.APPENDS,
                PickleOpcode.NEWFALSE,
                PickleOpcode.NEWTRUE,
                PickleOpcode.NONE,
                PickleOpcode.REDUCE,
                PickleOpcode.SETITEM,
                PickleOpcode.SETITEMS,
                PickleOpcode.BUILD,
                PickleOpcode.STOP);
        int refused = 0;
        for (PickleOpcode opcode : PickleOpcode.values()) {
            if (!known.contains(opcode)) {
                String message = refusal(PickleWriter.start().whole(1).whole(1).op(opcode, 1, 0, 0, 0));
                assertTrue(message.startsWith("f: is a program, refused: instruction " + opcode + ";"), message);
                refused++;
            }
        }
        assertEquals(68 - 30, refused);
        assertEquals(68, PickleOpcode.values().length);
    }

    @Test
    void read_hugeLong_isRefusedBeforeAllocating() {
        assertTrue(refusal(PickleWriter.start().op32(PickleOpcode.LONG4, Integer.MAX_VALUE))
                .contains("instruction LONG4"));
        assertTrue(refusal(PickleWriter.start().op(PickleOpcode.LONG1, 255)).contains("ends at byte"));
    }

    @Test
    void read_callOfACallOrOfData_isRefused() {
        PickleWriter nested =
                PickleWriter.start().orderedDict().op(PickleOpcode.EMPTY_TUPLE).op(PickleOpcode.REDUCE);
        assertTrue(refusal(nested).contains("is a program, refused: a call of what is no function"));
        PickleWriter storageType = PickleWriter.start()
                .global("torch", "FloatStorage")
                .whole(1 << 30)
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.REDUCE);
        assertTrue(refusal(storageType).contains("a call of what is no function"));
        PickleWriter arguments = PickleWriter.start()
                .global("collections", "OrderedDict")
                .text("x")
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.REDUCE);
        assertTrue(refusal(arguments).contains("OrderedDict has arguments"));
        PickleWriter noTuple = PickleWriter.start()
                .global("collections", "OrderedDict")
                .text("x")
                .op(PickleOpcode.REDUCE);
        assertTrue(refusal(noTuple).contains("arguments are no tuple"));
    }

    @Test
    void read_attributesThatAreNoDict_areRefused() {
        PickleWriter pickle = PickleWriter.start().orderedDict().text("state").op(PickleOpcode.BUILD);
        assertTrue(refusal(pickle).contains("is a program, refused: attributes of what is no dict, or that are none"));
    }

    @Test
    void read_attributesOfATensor_areRefused() {
        PickleWriter pickle = PickleWriter.start()
                .tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1})
                .op(PickleOpcode.EMPTY_DICT)
                .op(PickleOpcode.BUILD);
        assertTrue(refusal(pickle).contains("is a program, refused: attributes of what is no dict, or that are none"));
    }

    /// Each tuple holds the one before twice: 2^60 values for whoever walks through them.
    @Test
    void read_tuplesThatDouble_areRefused() {
        PickleWriter pickle = PickleWriter.start().text("lol");
        for (int i = 0; i < 60; i++) {
            pickle.op(PickleOpcode.BINPUT, 0).op(PickleOpcode.BINGET, 0).op(PickleOpcode.TUPLE2);
        }
        assertTrue(refusal(pickle).contains("goes beyond a limit, refused: tuples in tuples, 8 deep"));
    }

    @Test
    void read_deepNesting_isRefused() {
        PickleWriter tuples = PickleWriter.start().op(PickleOpcode.EMPTY_TUPLE);
        PickleWriter marks = PickleWriter.start();
        PickleWriter values = PickleWriter.start();
        for (int i = 0; i < Unpickler.MAX_STACK + 1; i++) {
            tuples.op(PickleOpcode.TUPLE1);
            marks.op(PickleOpcode.MARK);
            values.op(PickleOpcode.EMPTY_LIST);
        }
        assertTrue(refusal(tuples).contains("tuples in tuples, 8 deep"));
        assertTrue(refusal(marks).contains("32 marks, one in the other"));
        assertTrue(refusal(values).contains("200000 values on the stack"));
    }

    @Test
    void read_endlessProgram_isRefused() {
        PickleWriter pickle = PickleWriter.start().op(PickleOpcode.EMPTY_DICT);
        for (int i = 0; i < Unpickler.MAX_STEPS; i++) {
            pickle.op(PickleOpcode.BINPUT, i & 0xFF);
        }
        assertTrue(refusal(pickle).contains("1000000 instructions"));
    }

    @Test
    void read_manyTexts_areRefused() {
        PickleWriter pickle = PickleWriter.start();
        String longest = "x".repeat(Unpickler.MAX_TEXT);
        for (int i = 0; i <= Unpickler.MAX_BYTES / Unpickler.MAX_TEXT; i++) {
            pickle.text(longest);
        }
        assertTrue(refusal(pickle).contains("or 16777216 bytes"));
    }

    @Test
    void read_memoryAtAHugePlace_isRefused() {
        assertTrue(refusal(PickleWriter.start().whole(1).op32(PickleOpcode.LONG_BINPUT, -1))
                .contains("place 1000000 of its memory (it names 4294967295)"));
        assertTrue(refusal(PickleWriter.start().op(PickleOpcode.BINGET, 3))
                .contains("it takes place 3 of its memory, where nothing is"));
    }

    @Test
    void read_hugeText_isRefusedBeforeAllocating() {
        assertTrue(refusal(PickleWriter.start().op32(PickleOpcode.BINUNICODE, -1))
                .contains("a text of 65536 bytes (it would have 4294967295)"));
        assertTrue(refusal(PickleWriter.start().op32(PickleOpcode.BINUNICODE, 100))
                .contains("in the middle of 100 bytes"));
        assertTrue(refusal(PickleWriter.start().op32(PickleOpcode.BINUNICODE, 1).raw(new byte[] {(byte) 0xFF}))
                .contains("is not UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 4 + 1})
    void read_storageOfImpossibleSize_isRefused(long count) {
        assertEquals(
                "f: byte " + position(count) + ": storage \"0\" would have " + count
                        + " elements; it is damaged or no file of weights by PyTorch",
                refusal(PickleWriter.start().storage("FloatStorage", "0", count)));
    }

    private static int position(long count) {
        return PickleWriter.start().storage("FloatStorage", "0", count).stop().length - 1;
    }

    @Test
    void read_storageOfTwoTypesOrOtherForm_isRefused() {
        assertTrue(refusal(PickleWriter.start().storage("FloatStorage", "0", 2).storage("HalfStorage", "0", 4))
                .contains("storage \"0\" is both 2 F32 and 4 F16"));
        assertTrue(refusal(PickleWriter.start().text("id").op(PickleOpcode.BINPERSID))
                .contains("a persistent id is not (\"storage\", type, key, place, count)"));
        PickleWriter view = PickleWriter.start()
                .op(PickleOpcode.MARK)
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .whole(4)
                .wholes(1, 2)
                .op(PickleOpcode.TUPLE)
                .op(PickleOpcode.BINPERSID);
        assertTrue(refusal(view).contains("is a part of another one, which is not supported"));
    }

    @Test
    void read_tensorOfOtherForm_isRefused() {
        PickleWriter few = PickleWriter.start()
                .global("torch._utils", "_rebuild_tensor_v2")
                .storage("FloatStorage", "0", 2)
                .op(PickleOpcode.TUPLE1)
                .op(PickleOpcode.REDUCE);
        assertTrue(refusal(few).contains("a tensor is not (storage, offset, sizes, strides, requires_grad, hooks)"));
        PickleWriter texts = PickleWriter.start()
                .global("torch._utils", "_rebuild_tensor_v2")
                .op(PickleOpcode.MARK)
                .storage("FloatStorage", "0", 2)
                .whole(0)
                .text("2")
                .op(PickleOpcode.TUPLE1)
                .wholes(1)
                .op(PickleOpcode.NONE)
                .op(PickleOpcode.NONE)
                .op(PickleOpcode.TUPLE)
                .op(PickleOpcode.REDUCE);
        assertTrue(refusal(texts).contains("a size or stride is no whole number of 64 bits"));
    }

    @Test
    void read_wrongUseOfTheStack_isRefused() {
        assertTrue(refusal(PickleWriter.start()).contains("it takes a value where there is none"));
        assertTrue(
                refusal(PickleWriter.start().whole(1).op(PickleOpcode.TUPLE2)).contains("it takes 2 values"));
        assertTrue(
                refusal(PickleWriter.start().whole(1).op(PickleOpcode.TUPLE)).contains("a mark where there is none"));
        assertTrue(refusal(PickleWriter.start().whole(1).whole(2)).contains("it stops with values left over"));
        assertTrue(refusal(PickleWriter.start().whole(1).op(PickleOpcode.MARK).op(PickleOpcode.TUPLE1))
                .contains("it takes 1 values"));
        assertTrue(refusal(PickleWriter.start().whole(1).text("a").whole(2).op(PickleOpcode.SETITEM))
                .contains("items are set in what is no dict"));
        assertTrue(refusal(PickleWriter.start()
                        .op(PickleOpcode.EMPTY_DICT)
                        .whole(1)
                        .whole(2)
                        .op(PickleOpcode.SETITEM))
                .contains("a key of a dict is no text"));
        assertTrue(refusal(PickleWriter.start().whole(1).text("a").op(PickleOpcode.APPEND))
                .contains("something is appended to what is no list"));
        assertTrue(refusal(PickleWriter.start().op(PickleOpcode.MARK).whole(1)).contains("values left over"));
        assertEquals(
                "f: has pickle protocol 4; read is protocol 2, which torch.save writes unless it is told otherwise",
                refusal(new PickleWriter().op(PickleOpcode.PROTO, 4)));
        assertTrue(refusal(PickleWriter.start().raw(new byte[] {'?'})).contains("byte 0x3f is no instruction"));
    }
}
