package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.pretrained.encoder.EncoderKind;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which states of which pretrained encoder a network reads. The model file contains it as JSON; the encoder itself is
/// found by its hash ([EncoderFolders]).
///
/// @param kind    what the encoder reads
/// @param name    of its folder, for people
/// @param hash    SHA-256 of its files, in hex
/// @param licence as its folder says, null where it says none
/// @param width   columns of a state
/// @param layers  whose states are summed, rising: 0 is before the first transformer block
/// @param trainedFrom the first block that is trained, from 1; 0 where none is
/// @param rank    of the low-rank additions that are trained in place of the blocks' own parameters, 0 for those
/// @param terms   what whoever uses the encoder should know of its licence, a line each ([EncoderCard])
public record EncoderInput(
        EncoderKind kind,
        String name,
        String hash,
        @Nullable String licence,
        int width,
        List<Integer> layers,
        int trainedFrom,
        int rank,
        List<String> terms) {

    private static final RecordJson<EncoderInput> JSON = RecordJson.of(EncoderInput.class)
            .nullable("licence")
            .since("trainedFrom", 0)
            .since("rank", 0)
            .since("terms", List.of());

    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 256;

    public EncoderInput {
        layers = List.copyOf(layers);
        terms = List.copyOf(terms);
        boolean rising = !layers.isEmpty() && layers.getFirst() >= 0 && layers.getLast() <= DEEPEST;
        for (int i = 1; i < layers.size(); i++) {
            rising &= layers.get(i) > layers.get(i - 1);
        }
        if (width < 1 || width > WIDEST || !rising) {
            throw new BadInputException("encoder: width " + width + " must be in [1, " + WIDEST + "] and layers "
                    + layers + " rise from 0 to at most " + DEEPEST);
        }
        if (trainedFrom < 0 || rank < 0 || (trainedFrom > 0 && layers.getLast() < trainedFrom)) {
            throw new BadInputException("encoder: trainedFrom " + trainedFrom + " and rank " + rank
                    + " must be at least 0, and a layer behind a trained block must be among " + layers);
        }
    }

    /// An encoder that stays as it is, with nothing to know of its licence.
    public EncoderInput(
            EncoderKind kind, String name, String hash, @Nullable String licence, int width, List<Integer> layers) {
        this(kind, name, hash, licence, width, layers, 0, 0, List.of());
    }

    /// The layers whose states stay as they are and are read from outside, rising: those that are summed, and the one
    /// that the first trained block reads, which is the last of them.
    public List<Integer> frozenLayers() {
        if (trainedFrom == 0) {
            return layers;
        }
        TreeSet<Integer> below = new TreeSet<>(layers.subList(0, summedFrozen()));
        below.add(trainedFrom - 1);
        return List.copyOf(below);
    }

    /// How many of the summed layers stay as they are: the first ones.
    public int summedFrozen() {
        return trainedFrom == 0
                ? layers.size()
                : (int) layers.stream().filter(layer -> layer < trainedFrom).count();
    }

    /// About how many multiply-adds its blocks take for so many rows: 12 D² a row and block, of which four are
    /// attention's and eight those of the two linear layers.
    public double work(double rows) {
        return 12.0 * width * width * layers.getLast() * rows;
    }

    /// Columns of a row that is read from outside: the states of [#frozenLayers] side by side.
    public int columns() {
        return width * frozenLayers().size();
    }

    /// What is to be known of its licence, a line each: `the encoder minilm: its licence forbids commercial use`.
    public List<String> warnings() {
        return terms.stream().map(line -> "the encoder " + name + ": " + line).toList();
    }

    /// What the encoder reads, in a word: `audio` or `text`.
    public String modality() {
        return kind == EncoderKind.TEXT ? "text" : "audio";
    }

    /// As people read it: `minilm, layers 0 to 6 of width 384, frozen, licence apache-2.0`.
    public String describe() {
        int first = layers.getFirst();
        int last = layers.getLast();
        boolean gapless = last - first == layers.size() - 1;
        String which = layers.size() == 1 ? "layer " + first : "layers " + (gapless ? first + " to " + last : joined());
        String trained = trainedFrom == 0
                ? ", frozen"
                : ", trained from block " + trainedFrom + " on" + (rank == 0 ? "" : " by additions of rank " + rank);
        return name + ", " + which + " of width " + width + trained + ", licence "
                + Objects.requireNonNullElse(licence, "not named in its folder");
    }

    private String joined() {
        return layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static EncoderInput fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
