package dev.parallax.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.parallax.BadInputException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between JSON text and the tree of [Json], on Jackson's streaming parser and generator.
final class JsonText {

    static final int MAX_DEPTH = 64;
    static final long MAX_CHARACTERS = 256L << 20;
    private static final int MAX_NAME = 50_000; // characters of a field's name
    private static final int MAX_DIGITS = 1000; // characters of a number

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .maxDocumentLength(MAX_CHARACTERS)
                    .maxStringLength((int) MAX_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    // messages of the parser
    private static final Pattern CHARACTER = Pattern.compile(
            "Unexpected character \\((.+?) \\(code \\d+\\)\\)(?:.*?(?:expecting|expected) ([^(\n]*[^( \n]))?");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private JsonText() {}

    static Json parse(String text, String where) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text; // a byte order mark is no content
        try (JsonParser parser = FACTORY.createParser(body)) {
            return document(parser, where);
        } catch (JsonProcessingException e) {
            throw notJson(where, reason(e.getOriginalMessage()), e.getLocation(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("no file is involved in reading a string", e);
        }
    }

    private static Json document(JsonParser parser, String where) throws IOException {
        try {
            parser.nextToken();
            Json value = value(parser, new JsonPlace(where, ""));
            if (parser.nextToken() != null) {
                throw notJson(where, "something follows the end of the document", parser.currentTokenLocation(), null);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new BadInputException(
                    where + position(parser.currentLocation()) + ": " + limit(e.getOriginalMessage()), e);
        }
    }

    /// Which limit a text goes beyond.
    private static String limit(String message) {
        return switch (message.split(" ", 2)[0]) {
            case "Number" -> "JSON with a number of more than " + MAX_DIGITS + " digits; write fewer";
            case "Name" -> "JSON with a field whose name has more than " + MAX_NAME + " characters; shorten it";
            default ->
                message.contains("nesting")
                        ? "JSON nested deeper than " + MAX_DEPTH
                                + " levels; nothing that is read here is, so check what wrote it"
                        : "JSON of more than " + MAX_CHARACTERS + " characters; divide it";
        };
    }

    /// Why a text is not JSON, in words for the person who wrote it. The parser's own name its options and
    /// classes.
    private static String reason(String message) {
        Matcher character = CHARACTER.matcher(message);
        if (character.lookingAt()) {
            String expected = character.group(2);
            return "unexpected " + character.group(1) + (expected == null ? "" : ", expected " + expected);
        }
        Matcher quoted = QUOTED.matcher(message);
        String word = quoted.find() ? quoted.group(1) : "";
        return switch (message.split(" ", 2)[0]) {
            case "Duplicate" -> "field \"" + word + "\" occurs twice";
            case "Non-standard" -> word + " is no number in JSON";
            case "Unrecognized" -> "unexpected " + word + "; text stands between double quotes";
            case "Illegal" -> "text contains a control character; write \\t for a tab, \\n for a new line";
            case "Unexpected" -> "it ends too early";
            default -> message.lines().findFirst().orElse("").replaceAll(",? from `[^`]*`", "");
        };
    }

    private static BadInputException notJson(
            String where, String why, @Nullable JsonLocation at, @Nullable JsonProcessingException cause) {
        String message = where + (at == null ? "" : position(at)) + ": not valid JSON: " + why;
        return cause == null ? new BadInputException(message) : new BadInputException(message, cause);
    }

    private static String position(JsonLocation at) {
        return " line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /// The value at the parser's token; the parser limits the recursion to [#MAX_DEPTH].
    private static Json value(JsonParser parser, JsonPlace place) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw notJson(place.document(), "the document is empty", null, null);
        }
        return switch (token) {
            case START_OBJECT -> object(parser, place);
            case START_ARRAY -> array(parser, place);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? real(parser, place)
                        : new Json.Whole(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> real(parser, place);
            case VALUE_TRUE -> new Json.Flag(true);
            case VALUE_FALSE -> new Json.Flag(false);
            case VALUE_NULL -> new Json.Null();
            default -> throw notJson(place.document(), "unexpected " + token, parser.currentTokenLocation(), null);
        };
    }

    /// @throws BadInputException when the number is larger than any double, which would read as infinity
    private static Json real(JsonParser parser, JsonPlace place) throws IOException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw new BadInputException(
                    place + ": " + Printable.shortened(parser.getText()) + " is too large a number");
        }
        return new Json.Real(value);
    }

    private static JsonObject object(JsonParser parser, JsonPlace place) throws IOException {
        Map<String, Json> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            fields.put(key, value(parser, place.field(key)));
        }
        return new JsonObject(fields, place);
    }

    private static JsonArray array(JsonParser parser, JsonPlace place) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, place.item(items.size())));
        }
        return new JsonArray(List.copyOf(items), place);
    }

    static String write(Json value, boolean indented) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (indented) {
                generator.setPrettyPrinter(printer());
            }
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("no file is involved in writing a string", e);
        }
        String text = escapeUnpaired(out.toString());
        return indented ? text + '\n' : text;
    }

    /// Halves of surrogate pairs have no UTF-8: written as `\uD83D` they survive.
    private static String escapeUnpaired(String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return text;
        }
        return text.codePoints()
                .mapToObj(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        ? String.format(Locale.ROOT, "\\u%04X", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    /// Two spaces and `\n` on every system; arrays stay on one line.
    private static DefaultPrettyPrinter printer() {
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }

    private static void write(Json value, JsonGenerator out) throws IOException {
        switch (value) {
            case JsonObject object -> {
                out.writeStartObject();
                for (Map.Entry<String, Json> field : object.fields().entrySet()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case JsonArray array -> {
                out.writeStartArray();
                for (Json item : array.items()) {
                    write(item, out);
                }
                out.writeEndArray();
            }
            case Json.Text text -> out.writeString(text.value());
            case Json.Whole whole -> out.writeNumber(whole.value());
            case Json.Real real when Double.isFinite(real.value()) -> out.writeNumber(real.value());
            case Json.Real real -> out.writeNull();
            case Json.Flag flag -> out.writeBoolean(flag.value());
            case Json.Null none -> out.writeNull();
        }
    }
}
