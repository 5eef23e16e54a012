package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.io.Printable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The emotions of a corpus or a model, in a fixed order: label i is class i of the logits. The order is stored in
/// the model, so that training and prediction always agree about it.
public final class Labels {

    private final List<String> names;
    private final Map<String, Integer> index;

    private Labels(List<String> names) {
        this.names = List.copyOf(names);
        this.index = new LinkedHashMap<>();
        for (String name : this.names) {
            if (name.isBlank()) {
                throw new BadInputException("labels: one of " + names + " is empty; give each label a name");
            }
            if (!Printable.isPrintable(name)) {
                throw new BadInputException("labels: \"" + Printable.escaped(name)
                        + "\" holds a character that cannot be seen, escaped here; write the label without it");
            }
            if (index.putIfAbsent(name, index.size()) != null) {
                throw new BadInputException("labels: \"" + name + "\" stands twice in " + names + "; name it once");
            }
        }
    }

    /// Labels in the order given.
    ///
    /// @throws BadInputException when one is empty, occurs twice or contains invisible characters
    public static Labels of(List<String> names) {
        return new Labels(names);
    }

    /// Labels in the order given.
    public static Labels of(String... names) {
        return new Labels(List.of(names));
    }

    /// The labels that occur among utterances, in alphabetical order, so that the order of the lines does not
    /// matter.
    public static Labels occurringIn(Collection<Utterance> utterances) {
        TreeSet<String> found = new TreeSet<>();
        utterances.stream().map(Utterance::emotion).filter(Objects::nonNull).forEach(found::add);
        return new Labels(List.copyOf(found));
    }

    /// The names as JSON.
    public JsonArray toJson() {
        return Json.array(names.toArray(String[]::new));
    }

    /// What [#toJson] wrote.
    ///
    /// @param json an object with the labels in the field `key`
    public static Labels fromJson(JsonObject json, String key) {
        return of(json.array(key).texts());
    }

    /// How many.
    public int size() {
        return names.size();
    }

    /// All names, in order.
    public List<String> names() {
        return names;
    }

    /// The name of class `label`.
    public String name(int label) {
        return names.get(label);
    }

    /// Whether a name is one of these.
    public boolean contains(String name) {
        return index.containsKey(name);
    }

    /// The class of a name, from 0.
    ///
    /// @param where what the message starts with, such as `train.csv line 17`
    /// @throws BadInputException when it is not one of these, with the nearest that is
    public int index(String name, String where) {
        Integer label = index.get(name);
        if (label == null) {
            throw new BadInputException(
                    where + ": emotion \"" + name + "\" is not one of " + names + Nearest.hint(name, names));
        }
        return label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && names.equals(labels.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
